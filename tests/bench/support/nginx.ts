import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { stopProcess } from './workspace.ts'

const READY_LIMIT_MS = 10_000

/** Debian's nginx as one process, serving a folder the way its own configuration does: sendfile, no access log. */
export class Nginx {
  readonly url: string
  readonly #child: ChildProcess

  private constructor(url: string, child: ChildProcess) {
    this.url = url
    this.#child = child
  }

  static async start(
    program: string,
    { dir, files, port }: { dir: string; files: string; port: number },
  ): Promise<Nginx> {
    const config = `${dir}/nginx.conf`
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${dir}/${name};`,
    )
    writeFileSync(
      config,
      `daemon off; master_process off; pid ${dir}/nginx.pid; error_log ${dir}/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; ${temporary.join(' ')}
server { listen 127.0.0.1:${port}; root ${files}; } }
`,
    )
    const child = spawn(program, ['-c', config, '-e', `${dir}/error.log`], { stdio: 'ignore' })
    const url = `http://127.0.0.1:${port}`
    const endMs = performance.now() + READY_LIMIT_MS
    for (;;) {
      try {
        await fetch(url)
        return new Nginx(url, child)
      } catch (cause) {
        if (performance.now() > endMs) throw new Error('nginx does not answer', { cause })
        await delay(20)
      }
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  async stop(): Promise<void> {
    await stopProcess(this.#child)
  }
}
