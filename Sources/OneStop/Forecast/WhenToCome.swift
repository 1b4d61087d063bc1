package import Forecasting
package import Kernel
package import Markup
package import Web

/// When to come: what is expected of one day, half hour by half hour, and which days and hours are quieter. Other parts
/// show it beside the choice of a counter.
package struct WhenToCome {
    private let forecast: Forecast
    private let queue: Forecast.Queue
    private let day: Forecast.Day
    /// Where other days are asked for, without the day.
    private let path: String
    /// Of whom it speaks.
    private let matter: Words
    private let now: LocalMinute
    private let say: Language

    /// Nil when no day of the forecast is open; a day that is closed gives way to the next open one, and today, once it is
    /// too late to advise it, to the day that `NextQuietTime` names. `name` is a queue with what it is called.
    package init?(
        _ forecast: Forecast,
        queue name: (key: String, words: Words)? = nil,
        on date: LocalDate? = nil,
        at now: Instant,
        path: String,
        _ say: Language
    ) {
        let own = name.flatMap { forecast.queue($0.key) }
        let queue = own ?? forecast.total
        matter = own == nil ? .everyField : name?.words ?? .everyField
        let minute = now.localMinute
        self.now = minute
        let open = queue.days.filter { day in
            day.isOpen
                && (day.halfHours.last.map { day.date > minute.date || $0.halfHour.end > minute.minuteOfDay } ?? false)
        }
        let first = date ?? NextQuietTime(forecast, queue: name?.key, at: now)?.date
        guard let day = open.first(where: { $0.date >= first ?? $0.date }) ?? open.first else { return nil }
        (self.forecast, self.queue, self.day, self.path, self.say) = (forecast, queue, day, path, say)
    }

    /// The panel beside a choice of counters.
    package func show() -> HTML {
        panel(say("Khi nào nên đến", "When to come"), id: "when") {
            "<p><strong>\(name(of: day))</strong> (\(say(matter)))\(advice.map { ": \($0)." } ?? "")</p>\(course)\(honesty)"
        }
    }

    /// The same on a page that is about nothing else.
    func showDay() -> HTML {
        panel(name(of: day)) {
            """
            <p>\(say("Cho \(matter.vi)", "For \(matter.en)"))\(advice.map { ": \($0)" } ?? "").</p>\(course)\(honesty)
            """
        }
    }

    /// All days of the forecast, each with its quietest hours.
    func showDays() -> HTML {
        panel(say("Các ngày tới", "The next days")) {
            """
            <table class="course"><caption class="unseen">\(say("Số người dự kiến mỗi ngày", "People expected per day"))</caption>
            <thead><tr><th scope="col">\(say("Ngày", "Day"))</th><th scope="col">\(say("Người", "People"))</th>\
            <th scope="col">\(say("Nên đến", "Best time"))</th></tr></thead><tbody>\(queue.days.filter { $0.date >= now.date }.map(row))</tbody></table>
            """
        }
    }

    private func name(of day: Forecast.Day) -> String { "\(weekday(day)) \(day.date.vietnamese)" }

    private func weekday(_ day: Forecast.Day) -> String { say(day.date.weekdayName.vi, day.date.weekdayName.en) }

    private func row(_ other: Forecast.Day) -> HTML {
        let name: HTML = "\(weekday(other)) <span class=\"code\">\(other.date.vietnamese)</span>"
        guard other.isOpen, !other.halfHours.isEmpty else {
            return """
                <tr><th scope="row" class="wide">\(name)</th><td>–</td><td class="wide">\(say("Không tiếp", "Closed"))</td></tr>

                """
        }
        let best = queue.comingTimes(on: other, at: now).enumerated().map { place, time -> HTML in
            "\(place > 0 ? say(" hoặc ", " or ") : "")<span class=\"code\">\(time.span)</span>"
        }
        let link: HTML =
            other.date == day.date ? name : "<a href=\"\(path)?ngay=\(other.date.rawValue)\">\(name)</a>"
        return """
            <tr><th scope="row" class="wide">\(link)</th><td>\(people(other.expected))</td><td class="wide">\(best)</td></tr>

            """
    }

    private var advice: String? {
        let best = queue.comingTimes(on: day, at: now)
        guard let first = best.first else { return nil }
        let also = best.dropFirst().first.map { other in say("; hoặc \(other.span)", "; or \(other.span)") } ?? ""
        return say(first.words) + also
    }

    /// A table that is read as one and looked at as a chart: bar and numbers stand in the same row.
    private var course: HTML {
        let most = max(1, day.halfHours.map(\.high).max() ?? 1)
        let hasWaits = day.halfHours.contains { $0.wait != nil }
        let best = queue.comingTimes(on: day, at: now)
        return """
            <table class="course"><caption class="unseen">\(say("Dự kiến theo nửa giờ", "Expected per half hour"))</caption>
            <thead><tr><th scope="col">\(say("Từ", "From"))</th><th scope="col" colspan="2">\(say("Số người đến", "People"))</th>\
            \(hasWaits ? "<th scope=\"col\">\(say("Chờ", "Wait"))</th>" as HTML : nil)</tr></thead>
            <tbody>\(day.halfHours.filter { day.date > now.date || $0.halfHour.end > now.minuteOfDay }.map { half in
                let isGood = best.contains { $0.from <= half.halfHour && half.halfHour <= $0.through }
                return row(half, most, isGood: isGood, hasWaits: hasWaits)
            })</tbody></table>
            """
    }

    private func row(_ half: Forecast.HalfHourOfDay, _ most: Double, isGood: Bool, hasWaits: Bool) -> HTML {
        """
        <tr class="\(isGood ? "calm" : "")"><th scope="row">\(half.halfHour.label)\
        \(isGood ? "<span class=\"unseen\"> \(say("nên đến", "good time"))</span>" as HTML : nil)</th>\
        <td class="chart">\(bar(half, of: most))</td>\
        <td><b>\(people(half.expected))</b> <small>\(whole(half.low))–\(whole(half.high))</small></td>\
        \(hasWaits ? "<td>\(half.wait.map(minutes) ?? "–")</td>" as HTML : nil)</tr>

        """
    }

    /// Told by the numbers beside it.
    private func bar(_ half: Forecast.HalfHourOfDay, of most: Double) -> HTML {
        func place(_ number: Double) -> String { "\((number / most * 10_000).rounded() / 100)" }
        return """
            <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">\
            <rect class="expected" x="0" y="0" width="\(place(half.expected))" height="10"/>\
            <rect class="range" x="\(place(half.low))" y="4" width="\(place(max(most / 200, half.high - half.low)))" \
            height="2"/></svg>
            """
    }

    private var honesty: HTML {
        let isLate = day.halfHours.contains { $0.wait != nil } && day.halfHours.contains { $0.wait == nil }
        let late = isLate ? say("Dấu –: đến lúc đó có thể không kịp. ", "A – means that it may be too late. ") : nil
        guard let error = queue.error else {
            let early = say(
                "Dự báo ban đầu: mới có ít hoặc chưa có số phiếu, nên dựa vào số cơ quan khai và mẫu chung; không phải lời hứa.",
                "An early forecast: few or no tickets are known yet, so it goes by what the office declared and by common patterns; no promise."
            )
            return "<p class=\"note\">\(late)\(early)</p>"
        }
        let promise = say(
            "Tám trong mười nửa giờ nằm trong khoảng in nhỏ. Dự báo tính từ số phiếu những ngày trước, không phải lời hứa.",
            "Eight of ten half hours fall within the small range. Foretold from the tickets of past days; no promise."
        )
        return "<p class=\"note\">\(late)\(say(error.words)) \(promise)</p>"
    }

    private func people(_ number: Double) -> String { number < 0.5 && number > 0 ? "<1" : whole(number) }
    private func whole(_ number: Double) -> String { String(Int(number.rounded())) }
    /// To five minutes: nobody can know better.
    private func minutes(_ wait: Forecast.Wait) -> HTML {
        let told = wait.expected < 2.5 ? "<5" : String(max(5, Int((wait.expected / 5).rounded()) * 5))
        return "<b>\(told)</b> \(say("phút", "min")) <small>\(whole(wait.low))–\(whole(wait.high))</small>"
    }
}
