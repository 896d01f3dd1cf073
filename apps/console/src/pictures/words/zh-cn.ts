export const zhCn = {
  title: '头像',
  hint: '同事可以看到，访客看不到。会裁成正方形，照片里的位置等信息不会保留。',
  choose: '选择图片',
  replace: '更换图片',
  remove: '移除',
  removed: '已移除头像',
  preview: '预览，尚未保存',
  use: '使用这张',
  cancel: '取消',
  saved: '已保存头像',
  unreadable: '无法读取这个文件，请选择PNG、JPEG或WebP图片',
  tooSmall: '图片太小，请选择边长至少32像素的图片',
  tooBig: '图片太大，请选择小一些的图片',
};
export type PictureWords = typeof zhCn;
