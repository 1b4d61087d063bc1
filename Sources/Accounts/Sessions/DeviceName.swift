/// A browser as its owner would call it, such as `Chrome · Android`: enough to recognise one's own sessions, and
/// nothing by which a person could be followed.
func deviceName(userAgent: String?) -> String {
    guard let agent = userAgent?.prefix(400) else { return "" }
    let browsers = [
        ("coc_coc", "Cốc Cốc"), ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ]
    let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]
    return [browsers, systems]
        .compactMap { names in names.first { agent.contains($0.0) }?.1 }
        .joined(separator: " · ")
}
