#!/usr/bin/env bash
# Builds release archives: server/deploy/release.sh VERSION [FOLDER (default: release)]
#
# The package in web/dist has to be built before (make dist). PLATFORMS, "os/arch …", names others than the usual six. The
# same commit gives the same bytes: nothing of this machine, of this folder or of the time gets in. COMMIT and
# SOURCE_DATE_EPOCH (seconds) are those of git's HEAD unless they are set.
set -euo pipefail
version=${1:?usage: release.sh VERSION [FOLDER]}
[[ $version =~ ^[0-9A-Za-z.+-]+$ ]] || { echo "release.sh: $version is no version" >&2; exit 1; }
out=$(mkdir -p "${2:-release}" && cd "${2:-release}" && pwd)
cd "$(dirname "$0")/../.."
[ -e web/dist/build-info.json ] || { echo "release.sh: web/dist is empty: run make dist first" >&2; exit 1; }
commit=${COMMIT:-$(git rev-parse HEAD)}
if [ -z "${COMMIT:-}" ] && [ -n "$(git status --porcelain --untracked-files=no)" ]; then
  commit=$commit-changed
fi
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

# The licences of everything that is linked in, for every platform.
licences() {
  GOOS=$1 GOARCH=$2 CGO_ENABLED=0 go list -deps -f '{{with .Module}}{{if .Version}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}' ./server \
    | LC_ALL=C sort -u | while read -r path v dir; do
      printf '==== %s %s ====\n\n' "$path" "$v"
      find "$dir" -maxdepth 1 -type f \( -iname 'licen[sc]e*' -o -iname 'copying*' -o -iname 'notice*' \) | LC_ALL=C sort | xargs -r cat
      echo
    done
  printf '==== Go ====\n\n'
  cat "$(go env GOROOT)/LICENSE"
}

for platform in ${PLATFORMS:-linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64}; do
  os=${platform%/*} arch=${platform#*/}
  name=beckon-$version-$os-$arch
  program=beckon; [ "$os" != windows ] || program=beckon.exe
  mkdir -p "$stage/$name/deploy"
  GOOS=$os GOARCH=$arch CGO_ENABLED=0 GOFLAGS= GOWORK=off go build -trimpath -buildvcs=false \
    -ldflags "-s -w -buildid= -X main.release=$version -X main.commit=$commit" -o "$stage/$name/$program" ./server
  cp LICENSE CHANGELOG.md SECURITY.md web/docs/operate.md web/docs/security.md "$stage/$name/"
  cp server/deploy/{Dockerfile,compose.yaml,beckon.service,grafana.json} "$stage/$name/deploy/"
  licences "$os" "$arch" > "$stage/$name/LICENSES.txt"
  find "$stage/$name" -type f -exec chmod 644 {} +
  find "$stage/$name" -type d -exec chmod 755 {} +
  chmod 755 "$stage/$name/$program"
  tar --format=ustar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$epoch" -C "$stage" -cf - "$name" | gzip -9n > "$out/$name.tar.gz"
  rm -r "${stage:?}/$name"
  echo "$name.tar.gz"
done
(cd "$out" && LC_ALL=C sha256sum beckon-"$version"-*.tar.gz > SHA256SUMS)
