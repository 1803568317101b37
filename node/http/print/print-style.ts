/** Of what is made for paper: A4, black on white, and a word to whoever looks at it on a screen. */
export const printStyle = `
@page{size:A4;margin:10mm}
*{box-sizing:border-box}
html{background:#fff;color:#000;font:11pt/1.35 "Atkinson Hyperlegible Next",Verdana,Arial,sans-serif}
body{margin:0 auto;max-width:190mm}
h1,h2{font-weight:750;font-family:"Bricolage Grotesque","Arial Black",Arial,sans-serif;letter-spacing:-.02em;line-height:1.05;margin:0;overflow-wrap:anywhere}
p{margin:0 0 2mm}.soft{color:#444}
.screen{border:1px solid #000;padding:4mm;margin:4mm 0 8mm}.screen label{display:block;margin:0 0 3mm}.screen input{font:inherit;width:100%;max-width:100mm;padding:2mm;display:block}.screen button{font:inherit;padding:2mm 5mm}
.labels{display:block;overflow:hidden}
.label{float:left;width:93mm;height:66mm;margin:0 1mm 2mm;padding:4mm 36mm 4mm 5mm;border:.3mm solid #000;position:relative;overflow:hidden;break-inside:avoid;page-break-inside:avoid}
.label h2{font-size:15pt;max-height:3.2em;overflow:hidden}
.label .long{font-size:10.5pt;max-height:none}
.label .facts{margin-top:1mm}.label p{font-size:8.6pt;line-height:1.3;margin:1.2mm 0 0}
.label .say{max-height:24mm;overflow:hidden}
.label .qr{position:absolute;right:3mm;top:3mm;width:31mm;height:31mm}
.label .seal{position:absolute;right:5mm;bottom:13mm;width:17mm;height:17mm}
.label .key{position:absolute;right:3mm;bottom:3mm;width:31mm;text-align:right}
.label code,.sign code{font:9pt/1.2 "DejaVu Sans Mono",monospace}
.label .title{font-size:17pt}
.sign{min-height:262mm;display:block;break-after:page;page-break-after:always}
.sign:last-child{break-after:auto;page-break-after:auto}
.sign h1{font-size:46pt;margin:0 0 4mm}
.sign .lead{font-size:17pt}
.step{overflow:hidden;border-top:.8mm solid #000;padding:6mm 0;min-height:78mm;break-inside:avoid;page-break-inside:avoid}
.step .qr{float:right;width:68mm;height:68mm;margin:0 0 0 6mm}
.step h2{font-size:23pt;margin:0 0 2mm}.step p{font-size:14pt}
.step .big{font-size:26pt;font-weight:bold;overflow-wrap:anywhere;line-height:1.15}
p.step{font-size:14pt;min-height:0}
@media screen{body{padding:0 5mm}}
@media screen and (max-width:640px){.sign h1{font-size:30pt}.step .qr{float:none;display:block;margin:0 0 4mm}.label{width:auto}}
@media print{.screen{display:none}body{max-width:none}}
`
