/** edgewire's own words in Japanese. */

import type { OwnWords } from './en.ts'

export const ja: OwnWords = {
  skip: '本文へ移動',
  site: 'サイト',
  more: 'その他',
  feeds: 'フィード',
  all_feeds: 'すべてのフィード',
  all_feeds_as_opml: 'すべてのフィード（OPML）',
  how_to_use_feeds:
    'それぞれにページがあり、購読できます。リストを読み込めるリーダーには[すべてのフィード（OPML）]をどうぞ。',
  licence: 'ライセンス',
  comma: '、',
  colon: '：',
  correction: '訂正',
  corrected: '訂正日時',
  retracted: '撤回済み',
  retraction: '撤回のお知らせ',
  withdrawn: 'この記事は撤回されました',
  do_not_rely: 'この記事は撤回されました。本文の写しに依拠しないでください。',
  read_instead: '代わりの記事を読む',
  files: 'ファイル',
  found_at: '情報元',
  this_article: 'この記事',
  subscribe_to_this: 'このフィードを購読する',
  subscribe: '購読',
  how_to_subscribe:
    '次のアドレスのいずれかをフィードリーダーに登録すると、新しい記事が公開され次第表示されます。アカウントもメールも不要です。',
  copy: '{format} のアドレスをコピー',
  copied: 'コピーしました',
  press_to_copy: 'Ctrl+C を押してください',
  open_in_reader: 'リーダーで開く',
  save: '文書を保存',
  nothing_yet: '現在ここには何もありません。購読すると、次の記事をお知らせします。',
  archive: 'アーカイブ',
  to_archive: '月別のすべての記事：アーカイブ',
  months: '月',
  all_months: 'すべての月',
  by_month: '{articles}（公開月別）',
  articles: { other: '{count}件の記事' },
  days: '日ごとの記事数',
  all_withdrawn: 'ここで公開されていた記事は撤回されました。',
  not_found: '見つかりません',
  nothing_here: 'ここには何もありません',
  where_to_look:
    'アドレスが間違っているか、ページが公開されていない可能性があります。公開中のものはすべて[トップページ]にあります。',
  where_to_look_too:
    'アドレスが間違っているか、ページが公開されていない可能性があります。公開中のものはすべて[トップページ]か[アーカイブ]にあります。',
  did_you_mean: 'お探しのページは {addresses} ですか？',
  or: ' または ',
  fault: '問題が発生しました',
  about_fault:
    'こちら側の不具合で、記録されました。しばらくしてからもう一度お試しください。[トップページ]は表示できるかもしれません。',
  kinds: {
    everything: 'すべて',
    sections: 'セクション',
    tags: 'タグ',
    authors: '著者',
    languages: '言語',
    feeds: 'フィード',
  },
  purposes: {
    rss: 'どのフィードリーダーでも読めます。迷ったらこれを選んでください。',
    atom: '同じ記事を、訂正や撤回を表示できるリーダー向けに。',
    json: '同じ記事を JSON で。何かを作るプログラム向けです。',
  },
}
