#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { runWithRuntime } from './with-runtime.js'

const args = process.argv.slice(2)
await runWithRuntime(fileURLToPath(new URL('main.ts', import.meta.url)), args, { frugal: args[0] === 'node' })
