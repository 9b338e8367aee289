import { Hono } from 'hono'
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

test('more addresses than it remembers, and addresses too long for it, lead where they lead all the same', async () => {
  const people = Array.from({ length: 2100 }, (_, n) => String(n))
  for (const person of [...people, '0', '1', 'x'.repeat(5000), 'x'.repeat(5000)])
    expect(await asked('GET', `/people/${person}`)).toEqual([200, `${person} shown`, `/people/${person}`])
})
