/** A small publication of our own: three pages of text and a shape each. */
const pages = [
  ['Peil', 'Een stad meet haar water in duimen,', 'en haar vertrouwen in niets.'],
  ['Eb', 'Wie de sluis bedient', 'bedient de stad.'],
  ['Vloed', 'Alles wat gedeeld is', 'staat straks een duim hoger.'],
]

export function booklet(): Buffer {
  const objects: string[] = []
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ')
  objects.push('<< /Type /Catalog /Pages 2 0 R /Lang (nl) >>')
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`)
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  for (const [index, [title = '', ...lines]] of pages.entries()) {
    const shapes = `0.04 0.48 0.29 rg ${60 + index * 40} 90 220 ${120 + index * 60} re f`
    const body = lines.map((line) => `0 -26 Td (${line}) Tj`).join(' ')
    const content = `${shapes} 0 g BT /F1 44 Tf 60 690 Td (${title}) Tj /F1 18 Tf 0 -20 Td ${body} ET`
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 800] /Contents ${5 + index * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
    )
    objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`)
  }
  return fileOf(objects)
}

/** One page in Chinese, written in a code of its own time, with letters that the reader's machine has: `shui`, water. */
export function chineseSheet(): Buffer {
  const content = 'BT /F1 44 Tf 60 690 Td <6C34> Tj ET'
  return fileOf([
    '<< /Type /Catalog /Pages 2 0 R /Lang (zh) >>',
    '<< /Type /Pages /Kids [7 0 R] /Count 1 >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo 5 0 R /FontDescriptor 6 0 R >>',
    '<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 800] /Contents 8 0 R /Resources << /Font << /F1 3 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ])
}

function fileOf(objects: readonly string[]): Buffer {
  let text = '%PDF-1.7\n'
  const offsets = objects.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const start = text.length
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}
