/**
 * A light fold for matching rules: punctuation and digits to half width, and the Traditional
 * characters that occur in rule keywords and place names to Simplified. One UTF-16 unit becomes
 * one unit, so an offset in the folded text is the same offset in the text. Never displayed.
 */

const traditional =
  '慶莊島鄲臺張滄陽長晉運臨呂頭烏峯遼爾倫貝彥蘭連撫順東錦營盤鐵嶺蘆濱齊雞鶴崗雙鴨綏無錫蘇雲' +
  '鹽揚鎮遷寧溫興紹華麗蕪馬銅黃廈門龍巖鄉餘鷹贛饒濟棗煙濰澤鄭開頂許峽駐漢荊岡鹹隨嶽懷婁廣關' +
  '遠欽貴賀來賓亞貢瀘綿內樂達資義畢節薩則寶銀涼隴吳衛魯瑪區裏邊鮮壩紅壯納頗樹陝肅灣維於報時' +
  '間詞釋術語說發機構號鍵籤題種類編單頁當掃閱讀鏈標與評論驗證碼條決見辦總結匯現將請審議縣黨' +
  '員會務屆廳書記處協瀏覽點擊責輯產權備聯電話網圖體導閉錄規劃綱細復講範圍狀態組對訪問創設稱' +
  '學習團監檢財佈彙綫覆複製係繫鍾鐘衆眾託併並爲為説啓別徵準採經國從'
const simplified =
  '庆庄岛郸台张沧阳长晋运临吕头乌峰辽尔伦贝彦兰连抚顺东锦营盘铁岭芦滨齐鸡鹤岗双鸭绥无锡苏云' +
  '盐扬镇迁宁温兴绍华丽芜马铜黄厦门龙岩乡余鹰赣饶济枣烟潍泽郑开顶许峡驻汉荆冈咸随岳怀娄广关' +
  '远钦贵贺来宾亚贡泸绵内乐达资义毕节萨则宝银凉陇吴卫鲁玛区里边鲜坝红壮纳颇树陕肃湾维于报时' +
  '间词释术语说发机构号键签题种类编单页当扫阅读链标与评论验证码条决见办总结汇现将请审议县党' +
  '员会务届厅书记处协浏览点击责辑产权备联电话网图体导闭录规划纲细复讲范围状态组对访问创设称' +
  '学习团监检财布汇线复复制系系钟钟众众托并并为为说启别征准采经国从'

// Pairs: the first of each two becomes the second.
const punctuation =
  '：:（(）)，,；;？?！!．.｡。\u00a0 \u3000 〔[〕]﹝[﹞]［[］]【[】]＞>›>»>｜|／/＋+－-'

const table = new Map<string, string>()
for (let i = 0; i < traditional.length; i++) table.set(traditional[i]!, simplified[i]!)
for (let i = 0; i < punctuation.length; i += 2) table.set(punctuation[i]!, punctuation[i + 1]!)
for (let digit = 0; digit < 10; digit++) {
  table.set(String.fromCharCode(0xff10 + digit), String(digit))
}

const foldable = new RegExp(`[${[...table.keys()].join('').replace(/[\]\\^-]/g, '\\$&')}]`, 'g')

/** The text as the rules see it; same length as `text`. */
export function foldForRules(text: string): string {
  return text.replace(foldable, (unit) => table.get(unit) ?? unit)
}
