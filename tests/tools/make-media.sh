#!/bin/sh
# Makes the tiny video and sound of tests/courses/blocks again: a test pattern and tones, two seconds each.
# Needs ffmpeg; its versions differ by a few bytes, so the results are committed.
set -eu
cd "$(dirname "$0")/../courses/blocks/first"

pattern="testsrc=size=160x90:rate=10:duration=2"
bare="-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -loglevel error -y"

# video TONE FILE: the pattern with a tone of so many hertz.
video() {
	# shellcheck disable=SC2086
	ffmpeg -f lavfi -i "$pattern" -f lavfi -i "sine=frequency=$1:duration=2" \
		-c:v libx264 -preset veryslow -crf 34 -pix_fmt yuv420p -c:a aac -b:a 32k -ac 1 -movflags +faststart $bare "$2"
}
video 440 interview.mp4
video 660 interview.ad.mp4
# shellcheck disable=SC2086
ffmpeg -f lavfi -i "sine=frequency=880:duration=2" -c:a libmp3lame -b:a 32k -ac 1 $bare bells.mp3
# shellcheck disable=SC2086
ffmpeg -f lavfi -i "$pattern" -frames:v 1 $bare interview.png
ls -l interview.* bells.*
