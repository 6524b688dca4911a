#!/usr/bin/env bash
# The sample film and sound from the drawn pictures, by ffmpeg (Debian: ffmpeg).
# Three pictures follow one another, each slowly drawing nearer; the sound is
# filtered noise that swells like water. Run from the repository's root.
set -euo pipefail
media=public/media
film=$media/paper-boats-film
sound=$media/fog-shore-sound
mkdir -p "$film" "$sound"
near="scale=1408:-2,crop=1280:720:(iw-1280)*n/144:(ih-720)/2,fps=24,format=yuv420p"
water="anoisesrc=color=brown:sample_rate=48000:seed=7:duration=16,lowpass=f=900,tremolo=f=0.25:d=0.6,volume=0.5,afade=t=out:st=14:d=2"
ffmpeg -y -loglevel error \
  -loop 1 -framerate 24 -t 6 -i $media/boats-crowd/1920.jpg \
  -loop 1 -framerate 24 -t 6 -i $media/lantern-bridge/1920.jpg \
  -loop 1 -framerate 24 -t 6 -i $media/boats-night/1920.jpg \
  -f lavfi -i "$water" \
  -filter_complex "[0:v]$near[a];[1:v]$near[b];[2:v]$near[c];[a][b]xfade=duration=1:offset=5[ab];[ab][c]xfade=duration=1:offset=10,format=yuv420p[v]" \
  -map "[v]" -map 3:a -shortest -c:v libx264 -profile:v main -preset veryfast -crf 30 -c:a aac -b:a 64k -movflags +faststart -t 16 "$film/720.mp4"
ffmpeg -y -loglevel error -i "$film/720.mp4" -vf scale=640:360 -c:v libx264 -profile:v main -preset veryfast -crf 31 -c:a aac -b:a 48k -movflags +faststart "$film/360.mp4"
ffmpeg -y -loglevel error -i "$film/720.mp4" -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 0 -crf 42 -c:a libopus -b:a 48k "$film/720.webm"
shore="anoisesrc=color=pink:sample_rate=48000:seed=11:duration=24,lowpass=f=1400,tremolo=f=0.15:d=0.8,volume=0.4"
bell="sine=frequency=620:duration=24:sample_rate=48000,tremolo=f=0.2:d=0.95,volume=0.05"
ffmpeg -y -loglevel error -f lavfi -i "$shore" -f lavfi -i "$bell" -filter_complex amix=inputs=2:normalize=0 -c:a libmp3lame -b:a 64k "$sound/shore.mp3"
ffmpeg -y -loglevel error -i "$sound/shore.mp3" -c:a libopus -b:a 48k "$sound/shore.ogg"
