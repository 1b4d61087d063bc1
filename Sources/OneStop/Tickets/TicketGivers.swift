package import Persistence

extension OfficeDay.Command: GivenCommand {
    package var givers: Actor.Kinds {
        switch self {
        // Whoever comes first opens the day, and finds the hall as it is allowed now.
        case .open, .changeCapacity: .everybody
        case .take, .comeBack, .waitElsewhere, .giveUp: .everybody
        // The end of the day finishes what nobody has finished, and the demonstration plays the counters.
        case .openCounter, .pauseCounter, .closeCounter, .callNext, .call, .recall, .begin, .skip, .sendToCorrect,
            .transfer, .finish, .confirmPriority, .takeBack, .require, .close:
            [.officer, .system]
        }
    }
}
