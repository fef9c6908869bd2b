// The words of editing, loaded with it.

import { fill, text, type Language, type Text } from '../schema/language';

const words = {
  signIn: text('Masuk untuk mengubah data', 'Sign in to edit'),
  token: text('Token', 'Token'),
  tokenHelp: text('Diberikan oleh pengelola. Disimpan hanya sampai tab ini ditutup.', 'Given by the operator. Kept only until this tab is closed.'),
  enter: text('Masuk', 'Sign in'),
  signOut: text('Keluar', 'Sign out'),
  wrongToken: text('Token ini tidak dikenal, kedaluwarsa, atau sudah dicabut.', 'This token is not known, has expired or was revoked.'),
  noRole: text('Token ini tidak mengizinkan perubahan data ini.', 'This token does not allow changes of these data.'),
  tooMany: text('Terlalu banyak percobaan. Coba lagi sebentar.', 'Too many attempts. Try again shortly.'),
  change: text('Ubah {name}', 'Edit {name}'),
  add: text('Tambah titik', 'Add a point'),
  collection: text('Lapisan', 'Layer'),
  position: text('Letak', 'Position'),
  positionHelp: text('Seret penanda di peta, geser dengan tombol panah, atau isi koordinatnya.', 'Drag the pin on the map, move it with the arrow keys, or enter its coordinates.'),
  pin: text('Penanda letak; tombol panah menggesernya', 'Position pin; arrow keys move it'),
  lon: text('Bujur', 'Longitude'),
  lat: text('Lintang', 'Latitude'),
  save: text('Simpan', 'Save'),
  cancel: text('Batal', 'Cancel'),
  remove: text('Hapus', 'Delete'),
  removeSure: text('Hapus data ini?', 'Delete this feature?'),
  removeYes: text('Ya, hapus', 'Yes, delete'),
  removeNo: text('Jangan hapus', 'Keep it'),
  yes: text('Ya', 'Yes'),
  no: text('Tidak', 'No'),
  nothing: text('Belum ada yang diubah.', 'Nothing was changed yet.'),
  saved: text('Tersimpan.', 'Saved.'),
  removed: text('Dihapus.', 'Deleted.'),
  failed: text('Tidak dapat disimpan: {why}', 'Could not be saved: {why}'),
  unreachable: text('server tidak menjawab', 'the server does not answer'),
  conflict: text('Data ini diubah orang lain sementara itu', 'Somebody else changed this meanwhile'),
  conflictBody: text('Pilih nilai yang benar, lalu simpan lagi.', 'Choose what is right, then save again.'),
  field: text('Isian', 'Field'),
  mine: text('Anda', 'Yours'),
  theirs: text('Sekarang', 'Now stored'),
  before: text('Semula', 'Before'),
  keepMine: text('Pakai isian saya', 'Use mine'),
  takeTheirs: text('Pakai yang sekarang', 'Use what is stored'),
  gone: text('Data ini sudah dihapus orang lain.', 'Somebody else has deleted this.'),
} satisfies Record<string, Text>;

export type EditWord = keyof typeof words;

/** Says a word of editing. */
export const editSay = (language: Language) => (word: EditWord, values: Readonly<Record<string, string>> = {}): string => fill(words[word][language], values);
export type EditSay = ReturnType<typeof editSay>;
