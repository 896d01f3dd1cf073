/** Words of moving around: palette, bell, one's own preferences. */
export const zhCn = {
  palette: '快速跳转',
  paletteHint: '输入动作、页面、会话编号，或完整的手机号、邮箱',
  paletteOpen: '打开快速跳转',
  search: '搜索',
  groupActs: '动作',
  groupRecent: '最近去过',
  groupPlaces: '页面',
  groupConversations: '会话',
  groupContacts: '联系人',
  clearRecent: '清除记录',
  nothingFound: '没有符合的结果',
  searching: '正在查找…',
  searchFailed: '联系人没有查到：网络或服务出错，请稍后再试',
  runs: '运行',
  newTab: '新标签页打开',
  results: (count: number) => `${count}个结果`,
};

/** A language that lacks one of them does not compile. */
export type AroundWords = typeof zhCn;
