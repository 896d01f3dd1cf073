/** Words of the page of first steps. */
export const welcomeZhCn = {
  title: '开始使用',
  welcome: (name: string) => `欢迎，${name}`,
  progress: (done: number, all: number) => `已完成${done}/${all}`,
  steps: {
    inbox: '创建接待渠道',
    notice: '写隐私告知',
    snippet: '安装到网站',
    invitation: '邀请客服',
    answer: '发出第一条回复',
  },
  doneAt: (time: string) => `已完成，${time}`,
  open: '待完成',
  inboxHint: '客户从接待渠道找到你，例如“官网在线客服”。',
  inboxDraft: (name: string) => `“${name}”还未启用。启用前要先发布隐私告知。`,
  inboxCreate: '创建接待渠道',
  inboxOpen: '继续设置',
  noticeHint: '告知由处理活动自动生成，你只需核对名称和联系方式，然后发布。',
  noticeOpen: '核对并发布',
  snippetHint: '把这段代码放到网站的每一页。网站第一次加载后，这里自动打勾。',
  snippetWaiting: '等待首次加载…',
  snippetFirst: '接待渠道启用后，这里会给出代码。',
  snippetCode: '安装代码',
  refused: (site: string) => `网站${site}不在允许列表，访客看不到会话窗口。`,
  add: '加入',
  addOf: (site: string) => `把${site}加入允许列表`,
  added: '已加入。刷新网站的页面即可。',
  checks: '十分钟内没有检测到加载。请逐项检查：',
  checkLive: (on: boolean): string => (on ? '接待渠道已启用' : '接待渠道未启用'),
  checkOrigins: (count: number): string => (count === 0 ? '允许列表里还没有网站' : `允许列表里有${count}个网站`),
  checkAsked: (asked: boolean): string =>
    asked ? '有网站来请求过，但不在允许列表' : '还没有网站来请求：代码可能没有放上去，或页面没有更新',
  invitationHint: '一个人也可以接待。有同事时，在这里邀请。',
  invite: '邀请成员',
  answerHint: '打开访客页，以访客身份问一句。真实的会话会出现在“未分配”，你可以立即回复。',
  visitorPage: '打开访客页',
  toUnassigned: '查看未分配',
  took: (duration: string) => `从安装到第一条回复用了${duration}。`,
  allDone: '五步都完成了。',
  toWork: '去接待',
  skip: '跳过，以后再做',
  skipHint: '以后可从“设置 > 偏好 > 开始使用”回来。',
  duration: (hours: number, minutes: number, seconds: number) => {
    if (hours > 0) return `${hours}小时${minutes}分`;
    if (minutes > 0) return seconds > 0 ? `${minutes}分${seconds}秒` : `${minutes}分钟`;
    return `${seconds}秒`;
  },
};

/** A language that lacks one of them does not compile. */
export type WelcomeWords = typeof welcomeZhCn;
