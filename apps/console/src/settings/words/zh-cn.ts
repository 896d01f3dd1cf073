/** Words of what is done about one member. */
export const zhCn = {
  capacity: '设置接待上限',
  capacityOf: (name: string) => `设置${name}的接待上限`,
  capacityEffect: '自动分配不会超过这个数；自己接待和同事转来的不受限制。',
  capacityDefault: (count: number) => `工作区默认：${count}个`,
  capacityOwn: '单独设置',
  capacityNumber: '同时进行的会话最多几个',
  capacityBounds: (most: number) => `填写1到${most}的整数`,
  capacitySaved: '接待上限已更改',
  save: '保存',
  enableEffect: '可以重新登录，角色和团队与停用前相同。停用时转交的会话不会自动回来。',
  enabled: (name: string) => `已启用${name}`,
};

export type MemberWords = typeof zhCn;
