/**
 * What a web page puts around a document, as data: whole lines, recognised by their form.
 * A rule never matches part of a line and never a long line, so a sentence that mentions
 * 验证码 stays. Patterns are on folded text.
 */
import type { Line } from './lines.js'
import type { RemovalReason } from './types.js'

interface NoiseRule {
  readonly reason: RemovalReason
  /** `head` and `tail`: only before the first or after the last line of prose. */
  readonly zone: 'any' | 'head' | 'tail'
  readonly pattern: RegExp
}

const longestNoise = 160

const rules: readonly NoiseRule[] = [
  {
    reason: 'breadcrumb',
    zone: 'head',
    pattern:
      /^(?:[您你]?(?:现在)?(?:所在|当前)?(?:的)?位置(?:是)?\s*:?\s*)?(?:首页|网站首页|本站首页)\s*[>|/\\-]/,
  },
  {
    reason: 'breadcrumb',
    zone: 'head',
    pattern: /^[您你]?(?:现在|当前)?(?:所在|的)*位置(?:是)?\s*:/,
  },
  {
    reason: 'page tools',
    zone: 'any',
    pattern: /^扫一扫.{0,6}(?:手机)?.{0,4}(?:打开|浏览|查看|访问|分享)?.{0,8}页面?$/,
  },
  {
    reason: 'page tools',
    zone: 'any',
    pattern:
      /^(?=.*(?:打印|关闭|返回|收藏|分享|字体|字号|复制链接|我要纠错))(?:[[\]()|/\s:+-]|打印(?:本页)?|关闭(?:窗口|本页)?|返回(?:顶部)?|收藏(?:本页)?|分享(?:到)?|字体|字号|复制链接|我要纠错|微信|微博|大|中|小)+$/,
  },
  {
    reason: 'page tools',
    zone: 'any',
    pattern: /^(?:浏览|阅读|点击|访问)(?:次数|量|数)?\s*:\s*\d*\s*次?$/,
  },
  {
    reason: 'page number',
    zone: 'any',
    pattern: /^[-—–－]+\s*\d{1,4}\s*[-—–－]+$|^第\s*\d{1,4}\s*页(?:\s*[,/]?\s*共\s*\d{1,4}\s*页)?$/,
  },
  {
    reason: 'related links',
    zone: 'tail',
    pattern: /^(?:相关(?:阅读|文章|链接|文档|信息|附件下载)|延伸阅读|猜你喜欢|推荐阅读)\s*:?$/,
  },
  { reason: 'related links', zone: 'tail', pattern: /^(?:上|下)一[篇条页]\s*:/ },
  { reason: 'related links', zone: 'tail', pattern: /^标签\s*:/ },
  {
    reason: 'comments',
    zone: 'any',
    pattern:
      /^(?:留言与评论|网友评论|发表评论|我要评论)\s*(?:\(\s*共有?\s*\d*\s*条评论\s*\))?\s*:?$/,
  },
  { reason: 'comments', zone: 'any', pattern: /^(?:验证码|用户名|昵称|密码)\s*:?$/ },
  {
    reason: 'site footer',
    zone: 'tail',
    pattern:
      /^(?:版权所有|主办单位|主办|承办单位|承办|网站标识码|网站地图|网站声明|联系我们|关于我们|技术支持|copyright\b|©|.{0,6}ICP备|.{0,8}公网安备)/i,
  },
]

/** Why the line is page furniture, or null. */
export function noiseReason(line: Line, zone: 'head' | 'body' | 'tail'): RemovalReason | null {
  if (line.folded.length > longestNoise) return null
  for (const rule of rules) {
    if ((rule.zone === 'any' || rule.zone === zone) && rule.pattern.test(line.folded)) {
      return rule.reason
    }
  }
  return null
}
