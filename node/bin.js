#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that one too old says so in one line (docs/decisions/0002).
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(
    `mesh-art: Node 24 or newer is needed, and this is ${major}.${minor}; in a checkout, npx mesh-art uses the one that npm ci installed`,
  )
  process.exitCode = 1
} else {
  await import('./main.ts')
}
