export const zhCn = {
  cancel: '取消加载',
  stopped: '已停止加载',
  again: '重新加载',
};
export type LoadingWords = typeof zhCn;
