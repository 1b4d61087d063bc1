import Kernel
import Web

/// What `GET /api/v1/procedures` answers.
struct ProcedureListShape: Encodable {
    let items: [ProcedureItemShape]
    /// The cursor of the next page; absent on the last.
    let next: String?
    /// Present where no item is what was asked for, but only the nearest to it.
    let loose: Bool?
}

/// One procedure in a list.
struct ProcedureItemShape: Encodable {
    let code: ProcedureCode
    let name: Words
    let field: String
    let levels: [Procedure.Level]
    let audiences: [Procedure.Audience]
    let channels: [Channel]
    let isInForce: Bool

    init(_ procedure: Procedure, on today: LocalDate) {
        let revision = procedure.revision(on: today)
        code = procedure.code
        name = procedure.name
        field = procedure.field
        levels = procedure.levels
        audiences = procedure.audiences
        channels = (revision ?? procedure.revisions.last)?.channels.map(\.channel) ?? []
        isInForce = revision != nil
    }
}

/// What `GET /api/v1/procedures/{code}` answers: the revision that is in force, or else the last one.
struct ProcedureShape: Encodable {
    let code: ProcedureCode
    let name: Words
    let also: [String]
    let note: Words?
    let field: FieldShape
    let levels: [Procedure.Level]
    let audiences: [Procedure.Audience]
    let isInForce: Bool
    let revision: RevisionShape?

    init(_ procedure: Procedure, field: Catalogue.Field?, on today: LocalDate) {
        let inForce = procedure.revision(on: today)
        code = procedure.code
        name = procedure.name
        also = procedure.also
        note = procedure.note
        self.field = FieldShape(
            key: procedure.field,
            code: field?.code,
            name: field?.name ?? Words(procedure.field, procedure.field)
        )
        levels = procedure.levels
        audiences = procedure.audiences
        isInForce = inForce != nil
        revision = (inForce ?? procedure.revisions.last).map(RevisionShape.init)
    }

    struct FieldShape: Encodable {
        let key: String
        let code: String?
        let name: Words
    }
}

struct RevisionShape: Encodable {
    let number: Int
    let from: LocalDate
    let until: LocalDate?
    let decision: String?
    let online: Revision.OnlineLevel
    let presence: Bool
    let post: Revision.Post
    let summary: Words?
    let requirements: [Words]
    let channels: [TermsShape]
    let cases: [ProcedureCase]
    let components: [Component]
    let results: [ProcedureResult]
    let steps: [ProcessingStep]
    let legal: [LegalBasis]
    let form: FormShape

    init(_ revision: Revision) {
        number = revision.number
        from = revision.from
        until = revision.until
        decision = revision.decision
        online = revision.online
        presence = revision.presence
        post = revision.post
        summary = revision.summary
        requirements = revision.requirements
        channels = revision.channels.map(TermsShape.init)
        cases = revision.cases
        components = revision.components
        results = revision.results
        steps = revision.steps
        legal = revision.legal
        form = FormShape(revision.form)
    }
}

struct TermsShape: Encodable {
    enum FeeKind: String, Encodable { case free, unknown, due }

    let channel: Channel
    /// Absent when no reliable source states it.
    let term: TimeLimit?
    let termNote: Words?
    let fee: FeeKind
    /// Empty unless something is due.
    let feeItems: [FeeItem]

    init(_ terms: ChannelTerms) {
        channel = terms.channel
        term = terms.term
        termNote = terms.termNote
        switch terms.fee {
        case .free: (fee, feeItems) = (.free, [])
        case .unknown: (fee, feeItems) = (.unknown, [])
        case .due(let items): (fee, feeItems) = (.due, items)
        }
    }
}

/// A form as programs need it that fill it in.
struct FormShape: Encodable {
    let sections: [SectionShape]

    init(_ form: FormDefinition) { sections = form.sections.map { SectionShape($0, of: form) } }
}

struct SectionShape: Encodable {
    let key: String
    let name: Words
    let rows: FormSection.Rows?
    let when: ConditionShape?
    let fields: [FieldShape]

    init(_ section: FormSection, of form: FormDefinition) {
        key = section.key
        name = section.name
        rows = section.rows
        when = section.when.map { ConditionShape($0, in: section) }
        fields = section.fields.map { FieldShape($0, in: section, of: form) }
    }
}

/// Holds when `field`, written `section.key`, has one of the values.
struct ConditionShape: Encodable {
    let field: String
    let values: [String]

    init(_ condition: Condition, in section: FormSection) {
        field = "\(condition.section ?? section.key).\(condition.field)"
        values = condition.values
    }
}

struct FieldShape: Encodable {
    enum Need: String, Encodable { case always, never, conditionally }

    let key: String
    let name: Words
    let type: FieldType
    let required: Need
    let requiredWhen: ConditionShape?
    let when: ConditionShape?
    let maximum: Int
    let atLeast: Int?
    let atMost: Int?
    let options: [FieldOption]?
    let help: Words?

    init(_ field: FormField, in section: FormSection, of form: FormDefinition) {
        key = field.key
        name = field.label
        type = field.type
        switch field.required {
        case .always: (required, requiredWhen) = (.always, nil)
        case .never: (required, requiredWhen) = (.never, nil)
        case .when(let condition): (required, requiredWhen) = (.conditionally, ConditionShape(condition, in: section))
        }
        when = field.when.map { ConditionShape($0, in: section) }
        maximum = field.maximum
        atLeast = field.atLeast
        atMost = field.atMost
        let options = form.options(of: field)
        self.options = options.isEmpty ? nil : options
        help = field.help
    }
}
