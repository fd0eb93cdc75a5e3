// Questions and answers: every 问: opens one, 答: and what follows belong to it.
const question = /^问[:：]\s*/
const answer = /^答[:：]\s*/

/** @type {import('@wenxun/ingest').TextProfile} */
const faq = {
  name: 'faq',
  recognises: (text) => question.test(text.trimStart()),
  read(text) {
    const paragraphs = []
    const removed = []
    let title = ''
    let asked
    for (const [i, line] of text.split('\n').entries()) {
      const trimmed = line.trim()
      if (trimmed === '') continue
      if (/^更新时间[:：]/.test(trimmed)) {
        removed.push({ line: i + 1, text: trimmed, reason: 'metadata' })
      } else if (question.test(trimmed)) {
        asked = trimmed.replace(question, '')
        title ||= asked
        paragraphs.push({ text: asked })
      } else paragraphs.push({ text: trimmed.replace(answer, ''), heading: asked ? [asked] : [] })
    }
    return { title, paragraphs, removed }
  },
}

// biome-ignore lint/style/noDefaultExport: `--profile <file>` takes the module's default.
export default faq
