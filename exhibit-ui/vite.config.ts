import { fileURLToPath } from 'node:url'
import type { IndexHtmlTransformContext, Plugin, UserConfig } from 'vite'

/** The node that `npm run dev` puts behind the pages. */
const nodeAddress = process.env['MESH_ART_NODE'] ?? 'http://127.0.0.1:8080'

/** The two faces of the first view are asked for with the page, not after its styles have come. */
function preloadFonts(): Plugin {
  return {
    name: 'preload-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html: string, { bundle }: IndexHtmlTransformContext) =>
        Object.keys(bundle ?? {})
          .filter((file) => /\bfirst-\w+-[^/]*\.woff2$/.test(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: '' },
            injectTo: 'head' as const,
          })),
    },
  }
}

const portableSha2 = fileURLToPath(new URL('./studio/send/portable-sha2.ts', import.meta.url))

const config: UserConfig = {
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [preloadFonts()],
  // The browser's own variant asks `crypto.subtle`, which a page over plain HTTP does not have.
  resolve: { alias: { 'multiformats/hashes/sha2': portableSha2 } },
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Safari 16.4 is the oldest with constructable style sheets, which the content security policy asks for.
    target: ['chrome111', 'firefox113', 'safari16.4'],
    // An inlined asset is a data: address, which the content security policy forbids.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The readers of publications and models: large, and fetched only for a work that needs them.
    chunkSizeWarningLimit: 1500,
    // Two files of script for the first view instead of ten: each is a round trip over a busy hotspot.
    rolldownOptions: {
      // On a busy machine every plugin is slow; that is nobody's warning.
      checks: { pluginTimings: false },
      output: { codeSplitting: { groups: [{ name: 'shared', minShareCount: 2, minSize: 0 }] } },
    },
  },
  server: { proxy: { '^/(api|works|renditions|ipfs|preview-frame|source\\.tar\\.gz)': nodeAddress } },
}

export default config
