// Preloaded by tests: makes this process one in which nodejieba was never installed.
const Module = require('node:module')

const resolve = Module._resolveFilename
Module._resolveFilename = function (request, ...rest) {
  if (request === 'nodejieba' || request.startsWith('nodejieba/')) {
    throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' })
  }
  return resolve.call(this, request, ...rest)
}

process.dlopen = (_module, file) => {
  throw new Error(`A native add-on was loaded: ${file}`)
}
