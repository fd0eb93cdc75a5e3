/**
 * `npm start`: from a fresh clone to answers. Installs, builds, indexes the five reports in
 * `seeds/`, asks a few questions the way a user would, and says what to try next.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build, install, root, runNode } from './workspace.mjs'

const index = '.wenxun/seeds.wx'

/** What to ask, and what the answer shows. */
const samples = [
  ['法治政府建设', '最切题的段落在前 · the best paragraphs first'],
  ['一网通办', '繁体、简体报告一起找到 · Simplified finds Traditional reports too'],
  ['楓橋經驗', '繁体查询也一样 · and the other way round'],
  ['洛政文[2025]11号', '文号：括号全角半角都行 · document numbers, whatever the brackets'],
  ['洛阳市2024年行政机关负责人出庭应诉率是多少？', '直接提问 · a plain question'],
  ['建设工作会议', '原文在词中间分页 · a word that a page break tore apart'],
]

function start() {
  if (!install() || !build()) return false
  mkdirSync(join(root, '.wenxun'), { recursive: true })
  heading(`wenxun build seeds -o ${index}`)
  if (wenxun('build', 'seeds', '-o', index) !== 0) return false
  const answered = samples.map(([query, note]) => {
    heading(`wenxun search ${index} '${query}' -n 3`, note)
    return wenxun('search', index, query, '-n', '3') === 0
  })
  if (answered.includes(false)) return false
  console.log(nextSteps)
  return true
}

function wenxun(...args) {
  return runNode('packages/cli/bin/wenxun.js', args)
}

function heading(command, note = '') {
  const bold = process.stdout.isTTY && !process.env.NO_COLOR ? ['\u001B[1m', '\u001B[0m'] : ['', '']
  console.log(`\n${bold[0]}$ npx ${command}${bold[1]}${note && `\n  # ${note}`}\n`)
}

const nextSteps = `
接下来可以试试 · What to try next:

  npx wenxun search ${index} '双随机、一公开'
  npx wenxun search ${index} '"行政复议"' --json
  npx wenxun search ${index} 府院联动 --sort date:desc
  npx wenxun inspect ${index}
  npx wenxun build docs README.md -o .wenxun/docs.wx    # 换成你的文件夹 · or a folder of your own
  npm test`

process.exitCode = start() ? 0 : 1
