/** Words of looking on and taking over. */
export const zhCn = {
  title: '实时查看',
  hint: '可以写内部备注，接管后才能回复。本次查看会记录。',
  takeOver: '接管',
  serving: (name: string) => `${name}正在接待`,
  tookOver: (name: string) => `${name}接管了会话`,
};

export type LiveViewWords = typeof zhCn;
