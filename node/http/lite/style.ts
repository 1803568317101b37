import { hash } from 'node:crypto'

/**
 * The whole style of the pages without script, sent inside each of them: one answer is a page. Written so that browsers of
 * 2010 leave out what they do not know and still show a legible page.
 */
export const style = `
html{background:#f3f0e8;color:#161410;font:17px/1.5 "Atkinson Hyperlegible Next",Verdana,Arial,sans-serif;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:44em;padding:0 20px 32px;overflow-wrap:break-word;word-wrap:break-word}
a{color:inherit;text-underline-offset:.2em}
a:focus{outline:3px solid #161410;outline-offset:2px}
h1,h2,h3{font-family:"Bricolage Grotesque","Arial Black",Arial,sans-serif;font-weight:700;line-height:1.08;letter-spacing:-.02em;margin:1.2em 0 .4em}
h1{font-size:2.4em;margin-top:.7em}h2{font-size:1.5em}h3{font-size:1.15em;margin-top:1em}
p,ul,ol,dl,table,figure{margin:0 0 1em}ul.plain,ol.plain{list-style:none;padding:0}
header,footer,nav.tracks,section.other{border-bottom:2px solid #161410;padding:12px 0}
footer,section.other{border-bottom:0;border-top:2px solid #161410;margin-top:2.5em}
header a,footer a,nav a{display:inline-block;padding:10px 12px 10px 0;margin:0 6px 0 0}
header b a{text-decoration:none}.between{display:none}
.soft,figcaption,small{color:#5d584c}.now{font-weight:bold}
img,video,svg{max-width:100%;height:auto}audio,video{width:100%;display:block}
li.work,li.node{border-bottom:1px solid #8a8474;padding:14px 0;overflow:hidden}
li.work img{float:left;width:110px;height:83px;object-fit:cover;margin:0 14px 4px 0}
li h2,li h3{font-size:1.15em;margin:0 0 2px}.seal{float:left;width:110px;margin:4px 14px 4px 0}dd.clear{overflow:hidden}.said{overflow:hidden;padding:0 5px 5px}li.work a{display:inline-block;padding:4px 0}
.button{display:inline-block;border:2px solid #161410;border-radius:24px;padding:11px 20px;margin:0 8px 12px 0;font-weight:bold;text-decoration:none}
.full{background:#161410;color:#f3f0e8}
.address{font-size:1.7em;line-height:1.2;font-weight:bold;word-break:break-all;-webkit-user-select:all;user-select:all}
.qr{width:168px;height:168px;background:#fff}
.work-text{border-left:4px solid #161410;padding-left:16px}
.notice{border:2px solid #161410;padding:10px 14px}
.wide{overflow-x:auto}table{border-collapse:collapse}th,td{border-bottom:1px solid #8a8474;padding:8px 14px 8px 0;text-align:left;vertical-align:top}
.key{white-space:nowrap}code{word-break:break-all}dt{font-weight:bold}dd{margin:0 0 .8em}
summary{padding:11px 0;font-weight:bold;cursor:pointer}
.public-ai{color:#c22d15}.next-socials{color:#2440d8}.digital-autonomy{color:#0b7a4a}.decentralised-web{color:#a3128c}
@media (prefers-color-scheme:dark){html{background:#12110e;color:#f1ede2;color-scheme:dark}.soft,figcaption,small{color:#aaa392}
header,footer,section.other,nav.tracks,.button,.work-text,.notice{border-color:#f1ede2}.full{background:#f1ede2;color:#12110e}a:focus{outline-color:#f1ede2}
.public-ai{color:#ff7a5f}.next-socials{color:#8ea0ff}.digital-autonomy{color:#45c98d}.decentralised-web{color:#f07fdc}}
`

export function styleSource(css: string): string {
  return `'sha256-${hash('sha256', css, 'base64')}'`
}
