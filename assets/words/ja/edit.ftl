# edit
