#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that one too old says so in one line (docs/decisions/0002).
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(
    `mesh-art needs Node 24 or newer, this is ${major}.${minor}. In a checkout, npx mesh-art uses the one npm installed; else run node_modules/.bin/node node/bin.js`,
  )
  process.exitCode = 1
} else {
  await import('./main.ts')
}
