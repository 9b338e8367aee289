// Filled by the phone bank: keeps the caller's page working without a connection.
export {}
