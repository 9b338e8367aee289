import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { idParam, languagesOf, now } from '../../../platform/http/of-request.ts'
import { textsOf } from '../../endorsements/of-request.ts'
import '../messages.ts'
import { TopicForm } from '../schema.ts'
import { changeTopic, makeTopic, retireTopic, type NewTopic } from './commands.ts'
import './messages.ts'
import { TopicPage, TopicsPage, topicsPath, topicValues } from './pages.tsx'
import { countedTopics, topicById, type Topic } from './queries.ts'

const edit = allow('mailings.edit')
const one = `${topicsPath}/:topic`

/** What an organization writes about. */
export const topicRoutes = room()
  .get(topicsPath, allow('mailings.view'), (c) => topicsPage(c))
  .post(topicsPath, edit, async (c) => {
    const { typed, errors, topic } = await readTopic(c)
    if (!topic) return topicsPage(c, typed, errors)
    const made = await makeTopic(c.var.db, actorOf(c), topic, now(c))
    if (made === null) return topicsPage(c, typed, { is_for_all: 'mail_topics.too_many' })
    return c.redirect(topicsPath, 303)
  })
  .get(one, edit, (c) => topicPage(c))
  .post(one, edit, async (c) => {
    const { topic_id } = await topicOf(c)
    const { typed, errors, topic } = await readTopic(c)
    if (!topic) return topicPage(c, { typed, errors })
    const saved = await saveUnlessChanged(c, {
      subject: 'mail_topic',
      subject_id: topic_id,
      in_trail: (name) => [name.replace(/_[a-z]{2}$/, '')],
      values: async (tx) => topicValues(found(await topicById(tx, actorOf(c).organization_id, topic_id)), languagesOf(c)), // prettier-ignore
      save: (tx) => changeTopic(tx, actorOf(c), topic_id, topic),
    })
    if (!saved.ok) return topicPage(c, { typed, meanwhile: saved.meanwhile })
    return c.redirect(topicsPath, 303)
  })
  .post(`${one}/retire`, edit, (c) => turn(c, true))
  .post(`${one}/reopen`, edit, (c) => turn(c, false))

const topicOf = async (c: Ctx): Promise<Topic> =>
  found(await topicById(c.var.db, actorOf(c).organization_id, idParam(c, 'topic')))

async function turn(c: Ctx, is_retired: boolean): Promise<Response> {
  const { topic_id } = await topicOf(c)
  await retireTopic(c.var.db, actorOf(c), topic_id, is_retired, now(c))
  return c.redirect(topicsPath, 303)
}

async function readTopic(c: Ctx): Promise<{ typed: Record<string, string>; errors: FieldErrors; topic: NewTopic | null }> {
  const { typed, errors, value } = await readForm(c, TopicForm)
  const languages = languagesOf(c)
  const name = textsOf(typed, 'name', languages, 80)
  const isNamed = Object.keys(name).length > 0
  const first = `name_${languages[0] ?? 'en'}`
  const all = isNamed ? errors : { ...errors, [first]: 'mail_topics.name_needed' }
  const topic = value && isNamed ? { name, about: textsOf(typed, 'about', languages, 200), ...value } : null
  return { typed, errors: all, topic }
} // prettier-ignore

async function topicsPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const topics = await countedTopics(c.var.db, actorOf(c).organization_id)
  const may_edit = mayDo(actorOf(c), 'mailings.edit')
  return page(c, <TopicsPage t={c.var.t} {...{ topics, typed, errors, may_edit }} languages={languagesOf(c)} />, {
    title: c.var.t('mail_topics.title'),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

async function topicPage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const topic = await topicOf(c)
  return page(c, <TopicPage t={c.var.t} {...{ topic, typed, errors }} languages={languagesOf(c)} />, {
    title: c.var.t('mail_topics.change'),
    status: Object.keys(errors).length > 0 ? 422 : 200,
    meanwhile,
  })
}
