// Made by tools/make_letters.mjs from Unicode 15.0: characters of a written name (section 9), as pairs of the distance
// from the range before and the length of the range less one, in base 36.
export const kLetters =
  "w 3 2 5 2 f 4 u 4 q 2 0 10 0 6 0 3 0 b 2 3 0 5 n 2 u 2 cp 5 b f 4 8 0 2 0 i 38 2 1 3 5 7 4 2 0 2 j 2 2a 2 3u " +
  "2 4 3 4l 2 11 3 1d 7 1i 9 q 5 5 l 1 2 1 3 b 2 5b 3 9 2 i 3 e 3 1m 3 2s f 1h 2 3 3 0 3 19 3 e 2 r 3 0 2 a 6 n " +
  "2 5 a 21 2 4g 2 7 3 1 3 l 2 6 2 0 4 3 3 8 3 1 3 3 9 0 5 1 2 4 3 b b 2 3 2 2 5 5 1 3 l 2 6 2 1 2 1 2 1 3 0 2 " +
  "4 5 1 3 2 4 0 8 3 2 0 8 g b 2 2 8 2 2 2 l 2 6 2 1 2 4 3 9 2 2 2 2 3 0 g 3 3 a 9 6 2 2 2 7 3 1 3 l 2 6 2 1 2 " +
  "4 3 8 3 1 3 2 8 2 5 1 2 4 3 9 2 0 h 1 2 5 4 2 2 3 4 1 2 0 2 1 4 1 4 2 4 b 5 4 4 2 2 3 3 0 7 0 f 9 h c 2 2 2 " +
  "m 2 f 3 8 2 2 2 3 8 1 2 2 3 0 3 3 3 9 8 0 9 c 2 2 2 m 2 9 2 4 3 8 2 2 2 3 8 1 7 1 2 3 3 9 2 2 d c 2 2 2 1e 2 " +
  "2 2 4 6 3 8 4 3 9 b 5 2 2 2 h 4 n 2 8 2 0 3 6 4 0 5 5 2 0 2 7 7 9 3 2 d 1l 6 r 12 1 2 0 2 4 2 n 2 0 2 m 3 4 " +
  "2 0 2 6 2 9 3 3 x 0 4 e 2 0 4 1 7 9 c 0 2 0 2 e 2 z 5 12 2 z a 0 a 4 5 1 12 4d 3 11 2 0 6 0 3 ag 2 3 3 6 2 0 " +
  "2 3 3 14 2 3 3 w 2 3 3 6 2 0 2 3 3 e 2 1k 2 3 3 1u 3 b o f h 2d 3 5 3 h8 2 h 2 r 4 25 4 7 8 l a n a j d c 2 " +
  "2 2 1 d 2i 2 1 3 9 n d 2 a 7 2g 8 16 6 1x b u 2 b 5 b 9 15 3 4 c 17 5 p 7 9 13 r 3 1s 2 s 3 a 7 9 7 d 3 d 2 " +
  "f 1e 24 4 g b 8 a 1 2 37 9 1n 4 e 4 1n 8 16 3 a 9 16 6 et 3 5 3 11 3 5 3 7 2 0 2 0 2 0 2 u 3 1g 2 6 2 0 4 2 " +
  "2 6 4 3 3 5 5 c 6 2 2 6 k 7 3 0 4 0 2 7 9 8 3 3 3 2 2 c 2 0 2 9 j 0 c 2 e 1 2 c 1g c 5 0 4 b i 0 5 0 3 9 2 0 " +
  "4 4 7 0 2 0 2 0 2 3 2 a 3 3 6 4 5 0 1h 1 as 3 u 1 u6 d 28 1 w 9 b8 l 1s 3 x 1 eb 6c 7 8 6 3 2 13 2 0 6 0 3 " +
  "1j 8 1 f n a 6 2 6 2 6 2 6 2 6 2 6 2 6 2 6 2 x 5 2 3 0 3 d 3 1 3 19 3 b bo 2 2 1 2 9 3 b b b 6 2 4 2d 3 1 3 " +
  "2q 6 16 2 2l i v 1d f e9 533 1t h3g 1w 9n l 1b 4 36 b 7 w 8 3 2u 3 1r 6 1 2 0 2 4 p 1h 5 0 k 1j 9 1x 9 b 7 " +
  "37 c t 4 25 2 a 5 w 2 1i a d 3 9 3 q 4 20 p r b 5 3 5 3 5 a 6 2 6 2 16 2 d 7 3h 3 9 7 8mb d m 5 1c 6it a5 3 " +
  "2x 13 6 d 4 6 b 2 c 2 4 2 0 2 1 2 1 2 2z y a4 h 1r 3 1h 15 b 5 p 7 i 3 n 4 2 2 d 2 0 5 0 2 1 5 4 2 3q 5 2 2 " +
  "5 2 f 4 u 4 q 2 0 2 2n 4 5 3 5 3 5 3 2 10 b 2 p 2 i 2 1 2 e 3 d z 3e 6 2 6z 0 3n s 4 1c g 0 w v e j 2 7 7 16 " +
  "6 t 2 10 5 8 1c 4d 3 9 7 z 5 z 5 13 9 1f c b 2 e 2 6 2 1 2 a 2 e 2 6 2 1 1w 8m a l b 7 p 5 2 15 2 8 1y 5 3 0 " +
  "2 17 2 1 4 0 3 m 2 0 9 m a u 1u i 2 1 b l a q 6 0 1t 1j 7 1 1t 3 2 1 6 7 2 2 2 s 3 2 5 0 h 8 8 s 3 t 10 7 2 " +
  "t a 6 a 1h 4 s b i e h 8 3 2s 20 1k 1e e 1e e 13 9 9 93 15 2 2 3 1 24 v b 0 9 w 5 4 n p 13 k s m a 25 p f a " +
  "1p 2 4 e o 8 9 7 1g 2 h 9 12 a 2n x h 2 1a 1r 6 2 0 2 3 2 e 2 a 7 1m 6 9 7 3 2 7 3 1 3 l 2 6 2 1 2 4 2 9 3 1 " +
  "3 2 3 0 7 0 6 6 3 6 4 4 3w 2j 2 4 v 1z 9 9 4n 1h 3 11 z 1w c 9 7 c k 1l 7 9 1j q 3 e 5 9 3 2 2 6 56 1n 2t 21 " +
  "m 7 3 0 3 7 2 1 2 t 2 1 3 b a 9 1z 7 3 19 3 a s 1z 9 2a e 20 8 9 6v 8 2 18 2 d b 9 n v 3 l 2 d 22 6 2 1 2 17 " +
  "4 0 2 1 2 8 9 9 7 5 2 1 2 10 2 1 2 5 8 9 8n o 8 g 2 14 4 r 2f 0 27 pm 5z 4 c 5f 219 2q e tr h l 33f g6 6nu " +
  "fs 8 u 2 9 5 28 2 9 7 t 3 5 b 1n 5 4 c 9 a k 6 i j5 1r o 3 2u 22 5 1k 8 g 1t 4 c 1 f 4qf 9 yd 17 8 6w8 3 2 6 " +
  "2 1 2 82 g 0 u 2 3 0 f 3 9 az 1s5 2y 6 c 4 8 8 9 4 2 3mp 19 3 m f3 4 4 5 9 7 3 6 v 3 45 2 cc 2c 2 1y 2 1 3 0 " +
  "3 1 3 3 2 b 2 0 2 6 2 1s 2 3 3 7 2 6 2 r 2 3 2 4 2 0 4 6 2 9f 3 o 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 7 3 " +
  "1d e9 1i 5 1d 9 0 f 0 3 4 g 4 2 e up u 7 5 5y 6 2 g 3 6 2 1 2 4 6 1p y 0 35 18 4 d 3 9 5 0 8y u i 1l d3 15 " +
  "kn 6 2 3 2 1 2 e 2 5g c 6 16 23 5 9 5 1 wx 3 2 q 2 1 2 0 3 0 2 9 2 3 2 0 2 0 7 0 5 0 2 0 2 0 2 2 2 1 2 0 3 0 " +
  "2 0 2 0 2 0 2 0 2 1 2 0 3 3 2 6 2 3 2 3 2 0 2 9 2 g 6 2 2 4 2 g 2lx 9 sn wyn x 37d 7 65 3 4g1 f 5rk 2e8 f1 " +
  "15v 3t6 6 38f f9e9 6n";
