import type { Locale } from '../words/vocabulary.js';

/** What a language calls parts of the world and the places that its speakers look for first; others keep the name of the list. */
interface PlaceNames {
  readonly areas: Readonly<Record<string, string>>;
  readonly cities: Readonly<Record<string, string>>;
}

/** No words like the others: English has its names from the list of zones itself. */
export const PLACE_NAMES: Readonly<Record<Locale, PlaceNames>> = {
  en: { areas: { Etc: 'Other', UTC: 'Other' }, cities: {} },
  'zh-CN': {
    areas: {
      Africa: '非洲',
      America: '美洲',
      Antarctica: '南极洲',
      Arctic: '北极',
      Asia: '亚洲',
      Atlantic: '大西洋',
      Australia: '澳大利亚',
      Etc: '其他',
      Europe: '欧洲',
      Indian: '印度洋',
      Pacific: '太平洋',
      UTC: '其他',
    },
    cities: {
      'Asia/Shanghai': '上海',
      'Asia/Urumqi': '乌鲁木齐',
      'Asia/Hong_Kong': '香港',
      'Asia/Macau': '澳门',
      'Asia/Taipei': '台北',
      'Asia/Tokyo': '东京',
      'Asia/Seoul': '首尔',
      'Asia/Singapore': '新加坡',
      'Asia/Kuala_Lumpur': '吉隆坡',
      'Asia/Bangkok': '曼谷',
      'Asia/Jakarta': '雅加达',
      'Asia/Manila': '马尼拉',
      'Asia/Dubai': '迪拜',
      'Australia/Sydney': '悉尼',
      'Australia/Melbourne': '墨尔本',
      'Europe/London': '伦敦',
      'Europe/Paris': '巴黎',
      'Europe/Berlin': '柏林',
      'Europe/Moscow': '莫斯科',
      'America/New_York': '纽约',
      'America/Los_Angeles': '洛杉矶',
      'America/Toronto': '多伦多',
      'America/Vancouver': '温哥华',
      'Pacific/Auckland': '奥克兰',
    },
  },
};
