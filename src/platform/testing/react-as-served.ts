/**
 * React as it is served to people. The one for development, which every other environment gets, notes at each element
 * who made it, and that takes longer than all else of a page.
 */
const environment = process.env
const { NODE_ENV } = environment
environment.NODE_ENV = 'production'
await Promise.all([import('react'), import('react/jsx-runtime'), import('react-dom/server')])
environment.NODE_ENV = NODE_ENV
