import {
  NOTIFICATION_WAYS,
  type NotificationKind,
  type NotificationMatrix,
  type NotificationWay,
} from '@libs/contracts';

/** The matrix with one way of one kind turned. */
export function turned(matrix: NotificationMatrix, kind: NotificationKind, way: NotificationWay): NotificationMatrix {
  const before = matrix[kind];
  const after = before.includes(way) ? before.filter((one) => one !== way) : [...before, way];
  return { ...matrix, [kind]: NOTIFICATION_WAYS.filter((one) => after.includes(one)) };
}
