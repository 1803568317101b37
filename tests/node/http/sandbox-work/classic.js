globalThis.classic = 'ran'
