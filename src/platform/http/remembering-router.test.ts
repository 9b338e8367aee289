import { Hono } from 'hono'
import { UnsupportedPathError } from 'hono/router'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { expect, test } from 'vitest'
import { RememberingRouter } from './remembering-router.ts'

const app = new Hono({ router: new RememberingRouter() })
  .use('*', async (c, next) => {
    await next()
    c.header('X-Seen', c.req.path)
  })
  .get('/people/:person', (c) => c.text(`${c.req.param('person')} shown`))
  .post('/people/:person', (c) => c.text(`${c.req.param('person')} saved`))
  .get('/people/:person/:what', (c) => c.text(`${c.req.param('what')} of ${c.req.param('person')}`))

const asked = async (method: string, path: string): Promise<[number, string, string | null]> => {
  const answer = await app.request(path, { method })
  return [answer.status, await answer.text(), answer.headers.get('x-seen')]
}

test('an address asked again leads where it led, with its own parts and by its own method', async () => {
  for (const time of ['first', 'again', 'once more']) {
    expect([time, ...(await asked('GET', '/people/1'))]).toEqual([time, 200, '1 shown', '/people/1'])
    expect([time, ...(await asked('POST', '/people/1'))]).toEqual([time, 200, '1 saved', '/people/1'])
    expect([time, ...(await asked('GET', '/people/2'))]).toEqual([time, 200, '2 shown', '/people/2'])
    expect([time, ...(await asked('GET', '/people/2/calls'))]).toEqual([time, 200, 'calls of 2', '/people/2/calls'])
    expect([time, (await asked('PUT', '/people/1'))[0], (await asked('GET', '/nobody'))[0]]).toEqual([time, 404, 404])
  }
})

test('so it is where routes are alike, as ours are: by number or by name, asked for the head alone, and with letters of any script', async () => {
  const alike = ['/by/:number{[0-9]+}', '/by/:name'] as const
  // One by one through a tree: such routes are too much for one regular expression.
  const inOne = new RegExpRouter<string>()
  inOne.add('GET', alike[0], '')
  expect(() => inOne.add('GET', alike[1], '')).toThrow(UnsupportedPathError)
  const named = new Hono({ router: new RememberingRouter() })
    .use('*', async (c, next) => {
      await next()
      c.header('X-Seen', encodeURI(c.req.path))
    })
    .get(alike[0], (c) => c.text(`number ${c.req.param('number')}`))
    .get(alike[1], (c) => c.text(`name ${c.req.param('name')}`))
  const ask = async (method: string, path: string) => {
    const answer = await named.request(path, { method })
    return [answer.status, await answer.text(), answer.headers.get('x-seen')]
  }
  for (const time of ['first', 'again', 'once more']) {
    expect([time, ...(await ask('GET', '/by/1'))]).toEqual([time, 200, 'number 1', '/by/1'])
    expect([time, ...(await ask('GET', '/by/22'))]).toEqual([time, 200, 'number 22', '/by/22'])
    expect([time, ...(await ask('GET', '/by/kim'))]).toEqual([time, 200, 'name kim', '/by/kim'])
    expect([time, ...(await ask('GET', '/by/%EA%B9%80'))]).toEqual([time, 200, 'name 김', '/by/%EA%B9%80'])
    expect([time, ...(await ask('GET', '/by/%zz'))]).toEqual([time, 200, 'name %zz', '/by/%25zz'])
    expect([time, ...(await ask('HEAD', '/by/1'))]).toEqual([time, 200, '', '/by/1'])
    expect([time, (await ask('POST', '/by/1'))[0], (await ask('GET', '/by/1/2'))[0]]).toEqual([time, 404, 404])
  }
})

test('more addresses than it remembers, and addresses too long for it, lead where they lead all the same', async () => {
  const people = Array.from({ length: 2100 }, (_, n) => String(n))
  for (const person of [...people, '0', '1', 'x'.repeat(5000), 'x'.repeat(5000)])
    expect(await asked('GET', `/people/${person}`)).toEqual([200, `${person} shown`, `/people/${person}`])
})
