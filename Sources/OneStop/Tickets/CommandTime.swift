import Kernel

extension OfficeDay.Command {
    /// When it was given; opening the day has no time of its own.
    var time: Instant? {
        switch self {
        case .open: nil
        case .changeCapacity(_, let at), .take(_, let at), .openCounter(_, _, let at),
            .pauseCounter(_, _, let at), .closeCounter(_, let at), .callNext(_, let at), .call(_, _, _, let at),
            .recall(_, let at), .begin(_, let at), .skip(_, let at), .comeBack(_, let at), .sendToCorrect(_, let at),
            .transfer(_, _, _, let at), .finish(_, let at), .waitElsewhere(_, _, let at), .giveUp(_, let at),
            .confirmPriority(_, let at), .takeBack(_, let at), .require(_, _, let at), .close(let at):
            at
        }
    }
}
