import Agencies
import Catalogue
import Kernel
import Web

extension CatalogueBook {
    /// What orders call fields and procedures by.
    var matterNames: MatterNames {
        MatterNames(
            fields: {
                self.current.fields.map { (key: $0.key, name: $0.value.name) }
                    .sorted { $0.name.vi.folded < $1.name.vi.folded }
            },
            procedure: { code in ProcedureCode(rawValue: code).flatMap { self.current[$0] }?.name },
            deciders: { code, tree, day in
                ProcedureCode(rawValue: code).flatMap { self.current[$0] }.map { procedure in
                    tree.competent(for: Set(procedure.levels.map(\.rawValue)), field: procedure.field, on: day)
                }
            }
        )
    }
}
