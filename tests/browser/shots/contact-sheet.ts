/** A page to look through the pictures: a row a page, its looks side by side. */
export function contactSheet(files: readonly string[]): string {
  const rows = new Map<string, string[]>()
  for (const file of files) {
    const name = file.slice(0, file.indexOf('--'))
    rows.set(name, [...(rows.get(name) ?? []), file])
  }
  const row = ([name, pictures]: [string, string[]]): string =>
    `<h2 id="${name}">${name}</h2><p>${pictures
      .map((file) => `<a href="${file}"><img loading="lazy" src="${file}" alt="${file}"></a>`)
      .join('')}</p>`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page</title>
<style>body{font:16px sans-serif;margin:24px;background:#777;color:#fff}p{display:flex;gap:12px;overflow-x:auto;align-items:start}
img{width:300px;display:block}</style>${[...rows].map(row).join('\n')}</html>\n`
}
