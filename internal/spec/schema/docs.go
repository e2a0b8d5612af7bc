package schema

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// docs holds the comments of a file's struct types and of their fields.
type docs struct {
	types  map[string]string // "Data"
	fields map[string]string // "Data.Test"
}

func readDocs(source []byte) (docs, error) {
	d := docs{map[string]string{}, map[string]string{}}
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments)
	if err != nil {
		return d, err
	}
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range gen.Specs {
			t, ok := s.(*ast.TypeSpec)
			if !ok {
				continue
			}
			d.types[t.Name.Name] = line(gen.Doc)
			fields, ok := t.Type.(*ast.StructType)
			if !ok {
				continue
			}
			for _, f := range fields.Fields.List {
				for _, name := range f.Names {
					d.fields[t.Name.Name+"."+name.Name] = strings.TrimSpace(line(f.Doc) + " " + line(f.Comment))
				}
			}
		}
	}
	return d, nil
}

// line joins a comment into one line, in the words of a document: it has no
// nil, its fields are left out.
func line(c *ast.CommentGroup) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(c.Text()), " "), "nil means", "left out means")
}
