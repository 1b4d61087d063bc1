import Kernel

extension Dossier {
    /// What happened to a dossier, by the feature that lets it happen; each feature describes its own.
    package enum Event: Equatable, Sendable {
        case filing(FilingEvent)
        case supplement(SupplementEvent)
        case scanning(ScanningEvent)
        case assignment(AssignmentEvent)
        case processing(ProcessingEvent)
        case obligation(ObligationEvent)
        case result(ResultEvent)
        case withdrawal(WithdrawalEvent)
        case clock(ClockEvent)
        case passage(PassageEvent)
        case opinion(OpinionEvent)
        case correction(CorrectionEvent)
        case telling(TellingEvent)
    }
}

extension Dossier.Event {
    package var happening: any DossierHappening {
        switch self {
        case .filing(let event): event
        case .supplement(let event): event
        case .scanning(let event): event
        case .assignment(let event): event
        case .processing(let event): event
        case .obligation(let event): event
        case .result(let event): event
        case .withdrawal(let event): event
        case .clock(let event): event
        case .passage(let event): event
        case .opinion(let event): event
        case .correction(let event): event
        case .telling(let event): event
        }
    }
}

/// Stored as `{"supplement":{"requested":{…}}}`. What the compiler makes of it would have an unnamed `_0` in between.
extension Dossier.Event: Codable {
    /// Part of the storage format: add, never rename.
    private enum Feature: String, CodingKey {
        case filing, supplement, scanning, assignment, processing, obligation, result, withdrawal, clock, passage,
            opinion, correction, telling
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Feature.self)
        guard container.allKeys.count == 1, let feature = container.allKeys.first else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: container.codingPath, debugDescription: "An event belongs to one feature.")
            )
        }
        func event<Event: Decodable>() throws -> Event { try container.decode(Event.self, forKey: feature) }
        switch feature {
        case .filing: self = .filing(try event())
        case .supplement: self = .supplement(try event())
        case .scanning: self = .scanning(try event())
        case .assignment: self = .assignment(try event())
        case .processing: self = .processing(try event())
        case .obligation: self = .obligation(try event())
        case .result: self = .result(try event())
        case .withdrawal: self = .withdrawal(try event())
        case .clock: self = .clock(try event())
        case .passage: self = .passage(try event())
        case .opinion: self = .opinion(try event())
        case .correction: self = .correction(try event())
        case .telling: self = .telling(try event())
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Feature.self)
        switch self {
        case .filing(let event): try container.encode(event, forKey: .filing)
        case .supplement(let event): try container.encode(event, forKey: .supplement)
        case .scanning(let event): try container.encode(event, forKey: .scanning)
        case .assignment(let event): try container.encode(event, forKey: .assignment)
        case .processing(let event): try container.encode(event, forKey: .processing)
        case .obligation(let event): try container.encode(event, forKey: .obligation)
        case .result(let event): try container.encode(event, forKey: .result)
        case .withdrawal(let event): try container.encode(event, forKey: .withdrawal)
        case .clock(let event): try container.encode(event, forKey: .clock)
        case .passage(let event): try container.encode(event, forKey: .passage)
        case .opinion(let event): try container.encode(event, forKey: .opinion)
        case .correction(let event): try container.encode(event, forKey: .correction)
        case .telling(let event): try container.encode(event, forKey: .telling)
        }
    }
}
