import { messages } from '../../../platform/i18n/messages.ts'

/** Names of quiet-days.ts, for callers as well. */
export const quietDayMessages = messages({
  'quiet_day.new_year': { en: 'New Year’s Day', ko: '새해 첫날' },
  'quiet_day.independence': { en: 'Independence Day', ko: '독립기념일' },
  'quiet_day.thanksgiving': { en: 'Thanksgiving', ko: '추수감사절' },
  'quiet_day.christmas': { en: 'Christmas', ko: '성탄절' },
  'quiet_day.mlk': { en: 'Martin Luther King Day', ko: '마틴 루터 킹의 날' },
  'quiet_day.washington': { en: 'Washington’s Birthday', ko: '대통령의 날' },
  'quiet_day.memorial': { en: 'Memorial Day', ko: '현충일(메모리얼데이)' },
  'quiet_day.juneteenth': { en: 'Juneteenth', ko: '노예해방 기념일(준틴스)' },
  'quiet_day.labor': { en: 'Labor Day', ko: '노동절' },
  'quiet_day.columbus': { en: 'Columbus Day', ko: '콜럼버스의 날' },
  'quiet_day.veterans': { en: 'Veterans Day', ko: '재향군인의 날' },
  'quiet_day.pioneer': { en: 'Pioneer Day', ko: '개척자의 날(유타)' },
  'quiet_day.lincoln': { en: 'Lincoln’s Birthday', ko: '링컨 탄생일' },
  'quiet_day.flag': { en: 'Flag Day', ko: '국기의 날' },
  'quiet_day.general_election': { en: 'General election day', ko: '본선거일' },
  'quiet_day.after_thanksgiving': { en: 'The day after Thanksgiving', ko: '추수감사절 다음 날' },
  'quiet_day.good_friday': { en: 'Good Friday', ko: '성금요일' },
  'quiet_day.cesar_chavez': { en: 'Cesar Chavez Day', ko: '세자르 차베스의 날' },
  'quiet_day.genocide_remembrance': { en: 'Genocide Remembrance Day', ko: '집단학살 추모일' },
  'quiet_day.admission': { en: 'Admission Day', ko: '캘리포니아주 승격 기념일' },
  'quiet_day.native_american': { en: 'Native American Day', ko: '원주민의 날' },
  'quiet_day.seollal': { en: 'Seollal', ko: '설날' },
  'quiet_day.chuseok': { en: 'Chuseok', ko: '추석' },
  'quiet_day.own': { en: 'a day of your own', ko: '우리가 정한 쉬는 날' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    quietDays: typeof quietDayMessages
  }
}
