/** Words of how an inbox gives its conversations. */
export const zhCn = {
  hoursIntro: '服务时间以外，访客会看到何时恢复服务。',
  hours: '服务时间',
  hoursOfWorkspace: '工作区默认',
  noHours: '还没有服务时间，全天服务。',
  setUpHours: '设置服务时间',
  outside: '服务时间以外的会话',
  outsides: { hold: '留在队列，恢复服务后再分配', give: '继续分配给在线的客服' },
  routingIntro: '自动分配只分给在线且未满的客服；任何时候都可以自己接待或转接。',
  mode: '分配方式',
  modes: { manual: '手动接待', 'round-robin': '轮流分配', 'least-busy': '分给最空闲的客服' },
  modeHints: {
    manual: '会话留在“未分配”，由客服自己接待',
    'round-robin': '按顺序轮流，跳过已满和不在线的',
    'least-busy': '分给进行中会话最少的；相同时轮流',
  },
  team: '接待团队',
  everybody: '全部客服',
  overflow: '溢出团队',
  noOverflow: '不溢出',
  after: '等待多少秒后也分给溢出团队',
  showPlace: '告诉访客排队位置',
  showPlaceHint: '只在自动分配时显示；是队列的顺序，不承诺时间',
  save: '保存更改',
  discard: '放弃',
  saved: '已保存',
  unsaved: '有未保存的更改',
  gone: '（已停用）',
  errors: {
    'chat.routing-changed': '刚刚有人修改了这里的设置，已重新加载。请查看后再改。',
    'chat.team-not-found': '所选的团队已停用。请改选。',
    'chat.hours-not-found': '所选的服务时间已被删除。请改选。',
    'chat.routing-same-team': '溢出团队不能与接待团队相同。',
    'http.invalid-input': '等待时间是10到3600秒。',
  } as Readonly<Record<string, string>>,
};

export type RoutingWords = typeof zhCn;
