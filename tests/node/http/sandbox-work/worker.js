postMessage('worker ran')
