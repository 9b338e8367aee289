/** Names of the states as people write them in an address, folded; the first word is the code. */
const names = `AL alabama 앨라배마,AK alaska 알래스카,AZ arizona 애리조나,AR arkansas 아칸소,CA california 캘리포니아 가주,CO colorado 콜로라도,
CT connecticut 코네티컷 커네티컷,DE delaware 델라웨어,DC districtofcolumbia washingtondc 워싱턴dc,FL florida 플로리다,GA georgia 조지아,HI hawaii 하와이,
ID idaho 아이다호,IL illinois 일리노이,IN indiana 인디애나,IA iowa 아이오와,KS kansas 캔자스,KY kentucky 켄터키,LA louisiana 루이지애나,ME maine 메인,
MD maryland 메릴랜드,MA massachusetts 매사추세츠,MI michigan 미시간,MN minnesota 미네소타,MS mississippi 미시시피,MO missouri 미주리,MT montana 몬태나,
NE nebraska 네브래스카,NV nevada 네바다,NH newhampshire 뉴햄프셔,NJ newjersey 뉴저지,NM newmexico 뉴멕시코,NY newyork 뉴욕,NC northcarolina 노스캐롤라이나,
ND northdakota 노스다코타,OH ohio 오하이오,OK oklahoma 오클라호마,OR oregon 오리건 오레곤,PA pennsylvania 펜실베이니아 펜실베니아,RI rhodeisland 로드아일랜드,
SC southcarolina 사우스캐롤라이나,SD southdakota 사우스다코타,TN tennessee 테네시,TX texas 텍사스,UT utah 유타,VT vermont 버몬트,VA virginia 버지니아,
WA washington 워싱턴,WV westvirginia 웨스트버지니아,WI wisconsin 위스콘신,WY wyoming 와이오밍,PR puertorico 푸에르토리코,GU guam 괌,VI virginislands 버진아일랜드,
AS americansamoa,MP northernmarianaislands,AA,AE,AP`

const codes = new Map(
  names.split(',').flatMap((each) => {
    const [code = '', ...spelled] = each.trim().split(' ')
    return [code.toLowerCase(), ...spelled].map((name) => [name, code] as const)
  }),
)

/** 'NY' of 'ny', 'N.Y.', 'New York' and '뉴욕주'; null: no state. The last three of the list are addresses of the military. */
export const stateOf = (text: string): string | null => {
  const folded = text.toLowerCase().replace(/[^\p{L}]/gu, '')
  return codes.get(folded) ?? codes.get(folded.replace(/주$/, '')) ?? null
}
