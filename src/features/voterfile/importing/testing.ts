import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { newYork } from '../layouts/us-ny.ts'
import { newYorkCity } from '../layouts/us-nyc.ts'

export type Row = Record<string, string>

/** Writes files as the city's and the state's boards give them out, of made-up voters in Flushing. */
export function boardFiles(folder: string) {
  let written = 0
  function file(name: string, lists: readonly { name: string }[], rows: readonly Row[], header: boolean): string {
    const quoted = (fields: readonly string[]): string => fields.map((field) => `"${field}"`).join(',')
    const names = lists.map((column) => column.name)
    const lines = rows.map((row) => quoted(names.map((column) => row[column] ?? '')))
    const path = join(folder, `${++written}-${name}`)
    writeFileSync(path, [...(header ? [names.join(',')] : []), ...lines].join('\r\n') + '\r\n')
    return path
  }
  const cityFile = (...rows: Row[]): string => file('city.csv', newYorkCity.columns[0] ?? [], rows, true)
  const stateFile = (...rows: Row[]): string => file('AllNYSVoters.txt', newYork.columns[0] ?? [], rows, false)

  const city = (number: number, first: string, more: Row = {}): Row => ({
    County_EMSID: String(number), Last_Name: 'KIM', First_Name: first, Middle_Initial: 'J', Birth_Date: '19850612', Gender: 'F',
    House_Number: '41-25', Apartment_Number: '5B', Street_Name: 'KISSENA BOULEVARD', City: 'FLUSHING', Zip_Code: '11355', Political_Party: 'DEM',
    Election_District: '023', Assembly_District: '40', Congress_District: '6', Council_District: '20', Senate_District: '16', Civil_Court_District: '4',
    Registration_Date: '20100102', Status_Code: 'A', Telephone: `718555${String(number).slice(-4)}`, ...more,
  }) // prettier-ignore
  const state = (id: number, number: number, first: string, more: Row = {}): Row => ({
    SBOEID: `NY${String(id).padStart(18, '0')}`, COUNTYVRNUMBER: String(number), LASTNAME: 'KIM', FIRSTNAME: first, MIDDLENAME: 'JUNG', DOB: '19850612', GENDER: 'F',
    RADDNUMBER: '41-25', RAPARTMENTTYPE: 'APT', RAPARTMENT: '5B', RSTREETNAME: 'KISSENA BLVD', RCITY: 'FLUSHING', RZIP5: '11355', ENROLLMENT: 'DEM',
    COUNTYCODE: '41', ED: '023', AD: '40', CD: '6', SD: '16', REGDATE: '20100102', STATUS: 'A', VOTERHISTORY: '20241105 GE(P)', ...more,
  }) // prettier-ignore
  return { cityFile, stateFile, city, state }
}
