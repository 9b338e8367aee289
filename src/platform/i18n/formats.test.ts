import { expect, test } from 'vitest'
import {
  formatAgo,
  formatClock,
  formatHours,
  formatDate,
  formatDateTime,
  formatMoney,
  formatPhone,
  formatRange,
  formatTime,
  unbroken,
} from './formats.ts'

test('dates are written as each language writes them', () => {
  expect(formatDate('ko', '2026-06-23')).toBe('2026년 6월 23일(화)')
  expect(formatDate('ko', '2026-06-23', 'short')).toBe('6월 23일(화)')
  expect(formatDate('en', '2026-06-23')).toBe('Tuesday, June 23, 2026')
  expect([formatRange('ko', 20, 24), formatRange('en', 20, 24)]).toEqual(['20~24', '20–24'])
})

test.each([
  ['00:30', '오전 12시 30분', '12:30 AM'],
  ['09:00', '오전 9시', '9 AM'],
  ['12:00', '낮 12시', '12 PM'],
  ['18:30', '오후 6시 30분', '6:30 PM'],
  ['21:00', '밤 9시', '9 PM'],
])('%s is %s and %s', (time, ko, en) => {
  expect(formatClock('ko', time)).toBe(ko)
  expect(formatClock('en', time)).toBe(en)
})

test.each([
  ['09:00', '21:00', '오전 9시~밤 9시', '9 AM–9 PM'],
  ['09:00:00', '18:30:00', '오전 9시~오후 6시 30분', '9 AM–6:30 PM'],
  ['00:00', '23:59', '하루 종일', 'all day'],
  ['00:00:00', '24:00:00', '하루 종일', 'all day'],
  ['00:00', '12:00', '자정~낮 12시', 'midnight–12 PM'],
  ['18:00', '23:59', '오후 6시~자정', '6 PM–midnight'],
])('hours from %s to %s read %s and %s', (from, to, ko, en) => {
  expect(formatHours('ko', from, to)).toBe(ko)
  expect(formatHours('en', from, to)).toBe(en)
})

test('an instant is shown in the zone of the reader of the page, across daylight saving', () => {
  expect(formatTime('en', new Date('2026-03-08T06:59:00Z'), 'America/New_York')).toBe('1:59 AM')
  expect(formatTime('en', new Date('2026-03-08T07:00:00Z'), 'America/New_York')).toBe('3 AM')
  expect(formatDateTime('ko', new Date('2026-11-24T02:30:00Z'), 'America/New_York')).toBe('11월 23일(월) 밤 9시 30분')
})

test('how long ago, money and phone numbers', () => {
  const now = new Date('2026-11-23T12:00:00Z')
  expect(formatAgo('ko', new Date('2026-11-23T11:55:00Z'), now)).toBe('5분 전')
  expect(formatAgo('en', new Date('2026-11-23T11:00:00Z'), now)).toBe('1 hour ago')
  expect(formatAgo('en', new Date('2026-11-23T11:59:40Z'), now)).toBe('just now')
  expect(formatMoney(123_450)).toBe('$1,234.50')
  expect(formatMoney(-1000)).toBe('-$10.00')
  expect(formatPhone('+17185550100')).toBe('718-555-0100')
  expect(formatPhone('+82212345678')).toBe('+82212345678')
})

test.each([
  ['Thursday, December 10, 2026, 6:30 PM–8 PM', 'Thursday, December_10, 2026, 6:30_PM–8_PM'],
  ['Tue, Nov 24', 'Tue, Nov_24'],
  ['2026년 12월 10일(목) 오전 10시 30분~낮 12시', '2026년 12월_10일(목) 오전_10시_30분~낮_12시'],
  ['12월 3일(목)까지', '12월_3일(목)까지'],
  ['Marching 12 people in May', 'Marching 12 people in May'],
])('where a line ends in %s, the pieces stay whole', (date, whole) => {
  expect(unbroken(date).replaceAll('\u00a0', '_')).toBe(whole)
})
