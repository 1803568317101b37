import { previewFrameHeaders } from '../security-headers.ts'
import type { HttpApp } from '../valibot-provider.ts'

/**
 * What a work that has not left the artist's device is shown in: a document of opaque origin that reaches nothing at all. The page
 * around it hands it the files (exhibit-ui/studio/preview/pack-work.ts); it makes addresses of them that hold within the frame alone,
 * and becomes the work. Earlier files may be named in later ones, by their number.
 */
const FRAME = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Preview</title><script>
addEventListener('message', function take({ source, data }) {
  if (source !== parent || !Array.isArray(data?.files)) return
  removeEventListener('message', take)
  const urls = []
  const fill = (text) => text.replace(/mesh-art-file:(\\d+);/g, (_, at) => urls[at] ?? 'about:invalid')
  for (const { type, body } of data.files) {
    const part = typeof body === 'string' ? fill(body) : body
    urls.push(URL.createObjectURL(new Blob([part], { type })))
  }
  const page = fill(data.page)
  document.open()
  document.write(page)
  document.close()
})
parent.postMessage('mesh-art-preview-ready', '*')
</script></html>
`

export function addPreviewFrameRoute(app: HttpApp): void {
  app.get('/preview-frame', { schema: { hide: true } }, async (_request, reply) => {
    reply.headers(previewFrameHeaders).type('text/html; charset=utf-8')
    return reply.header('cache-control', 'no-cache').send(FRAME)
  })
}
