import { expect, test } from 'vitest'
import { textOfPasted } from './pasting-rules.ts'

test.each([
  {
    what: 'Word',
    html: `<html xmlns:o="urn:x"><head><style>p.MsoNormal{mso-style-unhide:no}</style></head><body><!--StartFragment--><p class=MsoNormal style='margin:0'><b><span lang=KO>안녕하세요</span></b><span lang=EN-US>, Kim&nbsp;&amp; Lee<o:p></o:p></span></p><p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span><![endif]>하나</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span>·</span><![endif]>둘</p><p class=MsoNormal><a href="https://example.org/a"><span>Read</span></a> it.</p><!--EndFragment--></body></html>`,
    text: '**안녕하세요**, Kim & Lee\n\n- 하나\n- 둘\n\n[Read](https://example.org/a) it.',
  },
  {
    what: 'Word where it says another weight for text from right to left',
    html: `<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>What happened.</b> We <span style='mso-bidi-font-weight:bold'>asked</span>.</p>`,
    text: '**What happened.** We asked.',
  },
  {
    what: 'Google Docs',
    html: `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:400">Plain </span><span style="font-weight:700">bold</span></p><br /><ol><li dir="ltr"><p dir="ltr"><span>First</span></p></li><li><p><span>Second</span></p></li></ol></b>`,
    text: 'Plain **bold**\n\n1. First\n2. Second',
  },
  {
    what: 'Hangul',
    html: `<!--StartFragment--><P CLASS=HStyle0 STYLE='line-height:160%;'><SPAN STYLE='font-weight:bold'>투표일</SPAN><SPAN>은 6월 23일입니다.</SPAN></P>\r\n<P CLASS=HStyle0><BR></P><P CLASS=HStyle0>두 번째</P><!--EndFragment-->`,
    text: '**투표일**은 6월 23일입니다.\n\n두 번째',
  },
  {
    what: 'a web page with what nobody wants',
    html: `<div onclick="x()">One<script>alert(1)</script><img src=x onerror=y><a href="javascript:alert(1)">two</a></div><h2>Title</h2><table><tr><td>a</td><td>b</td></tr></table>`,
    text: 'Onetwo\n\n**Title**\n\na b',
  },
  { what: 'broken tags', html: 'a < b <b>c', text: 'a < b **c**' },
  { what: 'nothing', html: '<p>&nbsp;</p>', text: '' },
])('what is pasted from $what comes out clean', ({ html, text }) => {
  expect(textOfPasted(html)).toBe(text)
})
