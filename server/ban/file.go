package ban

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
)

// Restore makes the file of a list, for [Open], in a folder that has none yet.
// Without bans, there is none.
func Restore(path string, bans []Ban) error {
	if len(bans) == 0 {
		return nil
	}
	return save(path, bans)
}

// save writes a file anew, and is done when it is on the disk.
func save(path string, list []Ban) error {
	text, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path+".part", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(text, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".part", path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
