import { pino } from 'pino'
import type { Logger } from 'pino'
import pretty from 'pino-pretty'
import type { LogLevel } from '../config.ts'
import { oneLine } from './errors.ts'

/** What happened and where, without the stack: that is for whoever asks for `debug`. */
function summary(error: unknown): string {
  return oneLine(error)
}

/** Logs go to stderr: readable lines on a terminal, JSON elsewhere (a journal keeps its own time). Nothing is written to disk. */
export function createLogger(level: LogLevel): Logger {
  const isForDevelopers = level === 'debug' || level === 'trace'
  const options = { level, base: null, ...(isForDevelopers ? {} : { serializers: { err: summary } }) }
  if (!process.stderr.isTTY)
    return pino({ ...options, timestamp: false }, pino.destination({ fd: 2, sync: false }))
  return pino(
    options,
    pretty({ destination: 2, colorize: true, translateTime: 'HH:MM:ss', ignore: 'part', sync: true }),
  )
}
