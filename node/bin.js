#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { runWithRuntime } from './with-runtime.js'

await runWithRuntime(fileURLToPath(new URL('main.ts', import.meta.url)), process.argv.slice(2))
