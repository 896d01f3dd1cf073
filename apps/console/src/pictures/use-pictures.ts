import type { MemberPictures } from '@libs/contracts';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { accountApi } from '../session/api.js';
import { useMe } from '../session/session.js';

const PICTURES = ['pictures'] as const;

/** Who has a picture; asked for once for everybody who is shown. */
function usePictures() {
  return useQuery({
    queryKey: PICTURES,
    queryFn: ({ signal }) => accountApi.pictures(signal),
    staleTime: 60_000,
  });
}

/** Where the picture of a member lies; undefined for who has none, and until that is known. */
export function usePictureOf(memberId: string): string | undefined {
  const me = useMe();
  const found = usePictures().data?.items.find((one) => one.memberId === memberId);
  return found && accountApi.pictureAt({ ...found, own: memberId === me.memberId });
}

/** What all places show from now on, without asking: the server has just said so. */
function put(client: QueryClient, memberId: string, mark: string | undefined): void {
  client.setQueryData<MemberPictures>(PICTURES, (before) => ({
    items: [
      ...(before?.items ?? []).filter((one) => one.memberId !== memberId),
      ...(mark === undefined ? [] : [{ memberId, mark }]),
    ],
  }));
}

/** Keeps one's own picture and takes it away. */
export function useOwnPicture() {
  const client = useQueryClient();
  const { memberId } = useMe();
  return {
    keep: async (picture: Blob): Promise<void> => {
      const { mark } = await accountApi.keepPicture(picture);
      await client.cancelQueries({ queryKey: PICTURES });
      put(client, memberId, mark);
    },
    remove: async (): Promise<void> => {
      await accountApi.removePicture();
      await client.cancelQueries({ queryKey: PICTURES });
      put(client, memberId, undefined);
    },
    /** Whether there is one by now, whatever this page has shown. */
    isThere: async (): Promise<boolean> => {
      const { items } = await client.fetchQuery({
        queryKey: PICTURES,
        queryFn: ({ signal }) => accountApi.pictures(signal),
        staleTime: 0,
      });
      return items.some((one) => one.memberId === memberId);
    },
  };
}
